import { After, pageOf } from '../web/paging.ts';
import { api } from '../web/routes.ts';
import { attendanceReturn, dailySummary, sicknessReturn } from './facts.ts';
import { asMade, madeSoFar, recordMade } from './made.ts';
import { Id, Made, Month, makers, On, summaryReaders } from './reach.ts';
import { AttendanceReturn, DailySummary, ReturnAsMade, ReturnMade, SicknessReturn } from './shapes.ts';

/** The returns for machines: the same as the pages say. */
export const returnsApi = [
  api({
    ...{ method: 'get', path: '/returns/attendance', name: 'getAttendanceReturn', may: makers },
    summary: 'Who was absent for ten school days in a row, for a month’s attendance return',
    query: Month,
    reply: AttendanceReturn,
    handle: (ctx) => attendanceReturn(ctx, ctx.query),
  }),
  api({
    ...{ method: 'get', path: '/returns/sickness', name: 'getSicknessReturn', may: makers },
    summary: 'Whose illness came to 15 school days, or may be expected to',
    query: On,
    reply: SicknessReturn,
    handle: (ctx) => sicknessReturn(ctx, ctx.query),
  }),
  api({
    ...{ method: 'get', path: '/returns/daily', name: 'getDailySummary', may: summaryReaders },
    summary: 'A day by class of code: the school, its year groups and classes',
    query: On,
    reply: DailySummary,
    handle: (ctx) => dailySummary(ctx, ctx.query),
  }),
  api({
    ...{ method: 'get', path: '/returns/made', name: 'listReturnsMade', may: makers },
    summary: 'Returns that were made, newest first',
    query: After,
    reply: pageOf(ReturnMade),
    handle: (ctx) => madeSoFar(ctx, ctx.query.after),
  }),
  api({
    ...{ method: 'get', path: '/returns/made/:id', name: 'getReturnMade', may: makers },
    summary: 'A return that was made: by whom, when, and what it said',
    params: Id,
    reply: ReturnAsMade,
    handle: (ctx) => asMade(ctx, ctx.params.id),
  }),
  api({
    ...{ method: 'post', path: '/returns/made', name: 'recordReturnMade', may: makers },
    summary: 'Record that a return was made, with the figures that it says now',
    body: Made,
    reply: ReturnAsMade,
    handle: async (ctx) => asMade(ctx, await recordMade(ctx, ctx.body)),
  }),
];
