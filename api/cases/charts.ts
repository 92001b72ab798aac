import type { Day } from '../../policy/calendar/day.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { attendanceLine } from '../charts/attendance-line.ts';
import { lineSheet } from '../charts/chart.ts';
import { drawn, Size, widths } from '../charts/draw.ts';
import { KnownOnPage } from '../register/known-on.ts';
import type { Ctx } from '../web/route.ts';
import { page } from '../web/routes.ts';
import { sheetFile } from '../web/sheet.ts';
import { caseAt, chartOf } from './facts.ts';
import { Id, readers } from './reach.ts';

const lineOf = async (ctx: Pick<Ctx, 'deps' | 'user' | 'at'>, id: string, knownOn: Day | undefined) =>
  chartOf(ctx, await caseAt(ctx, id), await eventsOf(ctx.deps.db, id), knownOn);

/** What the page of a case shows, as a picture and as a file. */
export const caseCharts = [
  page({
    path: '/cases/:id/attendance.svg',
    may: readers,
    summary: 'The attendance line of a case, as a picture',
    ...{ params: Id, query: Size.extend(KnownOnPage.shape) },
    handle: async (ctx) => {
      const { points, steps } = await lineOf(ctx, ctx.params.id, ctx.query['as-known-on']);
      return drawn('attendance.svg', attendanceLine(points, steps, widths[ctx.query.size]));
    },
  }),
  page({
    path: '/cases/:id/attendance.csv',
    may: readers,
    summary: 'The attendance line of a case, as a CSV file',
    ...{ params: Id, query: KnownOnPage },
    handle: async (ctx) => {
      const { points } = await lineOf(ctx, ctx.params.id, ctx.query['as-known-on']);
      return sheetFile(lineSheet('attendance', '', points));
    },
  }),
];
