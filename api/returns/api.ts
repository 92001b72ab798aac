import { api } from '../web/routes.ts';
import { attendanceReturn, dailySummary, sicknessReturn } from './facts.ts';
import { Month, makers, On, summaryReaders } from './reach.ts';
import { AttendanceReturn, DailySummary, SicknessReturn } from './shapes.ts';

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
];
