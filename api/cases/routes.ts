import { type Day, shortDay } from '../../policy/calendar/day.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { counted } from '../../policy/counted.ts';
import { casesFor, stageCounts } from '../../prisma/cases.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import { type Called, toldApart } from '../../prisma/told-apart.ts';
import { nextProvisional } from '../calendar/provisional.ts';
import { mapped } from '../web/paging.ts';
import { form, page } from '../web/routes.ts';
import { caseApi } from './api.ts';
import { caseThenRoutes } from './case-then.ts';
import { caseView } from './case-view.ts';
import { CaseForm, change, changers } from './change.ts';
import { caseCharts } from './charts.ts';
import { caseRow } from './facts.ts';
import { Id, List, readers } from './reach.ts';
import { supportRoutes } from './support.ts';

const listed = (
  { id, pupil, headline, attendance, adjusted, openedOn, nextOn, nextWhy }: ReturnType<typeof caseRow>,
  { called, said }: { called: Called; said: (day: Day) => string },
) => ({
  href: `/cases/${id}`,
  pupil: called(pupil),
  className: pupil.className,
  headline,
  attendance: adjusted === null ? attendance.percent : `${attendance.percent} adjusted, ${adjusted}`,
  opened: shortDay(openedOn),
  next: nextOn ? `${nextWhy ?? ''}, ${shortDay(nextOn)}${said(nextOn)}` : 'Nothing: it is closed',
});

/** What makes the day on which a case is looked at next a sure one. */
function sureOf({ state, pupil: { onRollTo } }: { state: unknown; pupil: { onRollTo: Date | null } }) {
  const { heldUntil, proposals } = state as CaseState;
  return { heldUntil, proposals, onRollTo: dayOrNull(onRollTo) };
}

export const caseRoutes = [
  page({
    path: '/cases',
    may: readers,
    summary: 'Cases',
    query: List,
    handle: async ({ deps, user, query }) => {
      const stages = await stageCounts(deps.db, user);
      const calendar = await calendarOf(deps.db, user.schoolId ?? 'none');
      const found = await casesFor(deps.db, user, query);
      const called = await toldApart(
        deps.db,
        found.rows.map(({ pupil }) => pupil.id),
      );
      const open = stages.reduce((sum, { count }) => sum + count, 0);
      return {
        template: 'cases/cases.njk',
        model: {
          ...{ status: query.status, stages, total: counted(open, 'open case') },
          ...mapped(found, (row) => listed(caseRow(row), { called, said: (day) => nextProvisional(calendar, sureOf(row), day) })),
        },
      };
    },
  }),
  page({ path: '/cases/:id', may: readers, summary: 'One case', params: Id, handle: (ctx) => caseView(ctx, ctx.params.id) }),
  form({
    path: '/cases/:id',
    may: changers,
    summary: 'Note, hold, resume, put back, close or open again a case',
    params: Id,
    body: CaseForm,
    handle: async (ctx) => {
      await change(ctx, ctx.params.id, ctx.body);
      return { goTo: `/cases/${ctx.params.id}`, say: 'It is in the record.' };
    },
    again: (ctx) => caseView(ctx, ctx.params.id, ctx.body),
  }),
  ...caseCharts,
  ...caseThenRoutes,
  ...supportRoutes,
  ...caseApi,
];
