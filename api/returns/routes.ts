import type { Role } from '../../policy/people/roles.ts';
import type { View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { returnsApi } from './api.ts';
import type { Asking } from './asking.ts';
import { attendanceReturn, dailySummary, sicknessReturn } from './facts.ts';
import { recordMade } from './made.ts';
import { madeFile, madeLines, madeView } from './made-view.ts';
import { DaySeen, Id, MadeForm, MadeSeen, Month, MonthSeen, makers, On, summaryReaders } from './reach.ts';
import { irregularSheet, sicknessSheet, summarySheet, tenDaySheet } from './sheets.ts';
import { attendanceView, sicknessView, summaryView } from './views.ts';

const returns = [
  {
    href: '/returns/attendance',
    text: 'Attendance return',
    may: makers,
    says: 'Pupils absent for ten school days in a row, all G, N, O or U; a month at a time',
  },
  { href: '/returns/sickness', text: 'Sickness return', may: makers, says: 'Pupils ill on 15 school days, or expected to be' },
  {
    href: '/returns/daily',
    text: 'Daily summary',
    may: summaryReaders,
    says: 'A day by class of code: the school, its year groups and classes',
  },
];

/** The lists that a school owes: looked at, and taken out as files. Nothing is sent. */
export const returnRoutes = [
  page({
    ...{ path: '/returns', may: summaryReaders },
    summary: 'The returns a school makes',
    handle: async (ctx) => {
      const { role } = ctx.user;
      const mayRead = ({ may }: { may: readonly Role[] }) => may.includes(role);
      const made = mayRead({ may: makers }) ? await madeLines(ctx) : null;
      return { template: 'returns/returns.njk', model: { returns: returns.filter(mayRead), made } };
    },
  }),
  page({
    ...{ path: '/returns/attendance', may: makers, query: MonthSeen },
    summary: 'The attendance return of a month',
    handle: async (ctx) => {
      const { as, ...asked } = ctx.query;
      if (as === undefined) return attendanceView(ctx, asked);
      const facts = await attendanceReturn(ctx, asked);
      return sheetFile(as === 'irregular' ? irregularSheet(facts, 'file') : tenDaySheet(facts, 'file'));
    },
  }),
  page({
    ...{ path: '/returns/sickness', may: makers, query: DaySeen },
    summary: 'The sickness return',
    handle: async (ctx) => {
      const { as, ...asked } = ctx.query;
      if (as === undefined) return sicknessView(ctx, asked);
      const { rows, on } = await sicknessReturn(ctx, asked);
      return sheetFile(sicknessSheet(rows, on, 'file'));
    },
  }),
  page({
    ...{ path: '/returns/daily', may: summaryReaders, query: DaySeen },
    summary: 'A day by class of code',
    handle: async (ctx) => {
      const { as, ...asked } = ctx.query;
      if (as === undefined) return summaryView(ctx, asked);
      const { groups, on } = await dailySummary(ctx, asked);
      return sheetFile(summarySheet(groups, on, ''));
    },
  }),
  page({
    ...{ path: '/returns/made/:id', may: makers, params: Id, query: MadeSeen },
    summary: 'A return that was made',
    handle: (ctx) => (ctx.query.as ? madeFile(ctx, ctx.params.id, ctx.query.as) : madeView(ctx, ctx.params.id)),
  }),
  form({
    ...{ path: '/returns/made', may: makers, body: MadeForm },
    summary: 'Record that a return was made',
    handle: async (ctx) => {
      const id = await recordMade(ctx, ctx.body);
      return { goTo: `/returns/made/${id}`, say: 'Recorded as made, with these figures.' };
    },
    again: (ctx) => shownAgain(ctx, ctx.body),
  }),
  ...returnsApi,
];

/** The return whose form was not right; the attendance return of this month if the form does not say which. */
async function shownAgain(ctx: Asking, typed: Record<string, unknown>): Promise<View> {
  const sickness = On.safeParse(typed);
  if (typed.kind === 'sickness' && sickness.success) return sicknessView(ctx, sickness.data, typed);
  const attendance = Month.safeParse(typed);
  return attendanceView(ctx, attendance.success ? attendance.data : {}, typed);
}
