import { page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { returnsApi } from './api.ts';
import { attendanceReturn, dailySummary, sicknessReturn } from './facts.ts';
import { DaySeen, MonthSeen, makers, summaryReaders } from './reach.ts';
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
    handle: async ({ user }) => ({
      template: 'returns/returns.njk',
      model: { returns: returns.filter(({ may }) => may.some((role) => role === user.role)) },
    }),
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
  ...returnsApi,
];
