import { z } from 'zod';
import { fileModes } from '../../policy/calendar/calendar-change.ts';
import { calendarColumns } from '../../policy/calendar/calendar-form.ts';
import { Id, school } from '../register/reach.ts';
import { DetailedRefusal } from '../web/detailed-refusal.ts';
import type { TakenType } from '../web/route.ts';
import { api } from '../web/routes.ts';
import { calendarFacts, changeFacts, make, periodAt, show, showUpload } from './facts.ts';
import { SaidTimes, timesFacts } from './session-times.ts';
import { Calendar, Change, calendarKeepers, FileProblem, NewPeriod, periodOf, reason } from './shapes.ts';

const FileAsked = z.object({
  mode: z
    .enum(fileModes)
    .default('add')
    .describe('"replace" if the file is the whole calendar of its school years: what it does not name would be taken out'),
  reason: reason.describe('Kept with the change'),
  fileName: z.string().trim().min(1).max(200).optional(),
});

const Asked = z
  .strictObject({
    reason,
    add: z.array(NewPeriod).max(200).default([]),
    remove: z
      .array(z.uuid())
      .max(200)
      .default([])
      .describe('Periods by their ids. To change one, take it out and put it in anew'),
  })
  .meta({ id: 'CalendarChangeAsked' });

/** A file for which a machine is told what it would do. */
const fileApi = ({
  fileName,
  ...said
}: {
  path: string;
  name: string;
  summary: string;
  more: string;
  takes: TakenType;
  fileName: string;
}) =>
  api({
    ...{
      method: 'post',
      may: calendarKeepers,
      query: FileAsked,
      reply: Change,
      tells: z.object({ problems: z.array(FileProblem) }),
    },
    ...said,
    handle: async (ctx) => {
      const shown = await showUpload(ctx, { fileName, ...ctx.query });
      if ('problems' in shown)
        throw new DetailedRefusal('NotAllowed', 'The calendar cannot be taken: see the problems', { problems: shown.problems });
      return changeFacts(ctx, shown.changeId);
    },
  });

/** The calendar for machines: the same as its pages say and do. */
export const calendarApi = [
  api({
    ...{ method: 'get', path: '/calendar', name: 'getCalendar', may: school, summary: 'The school’s calendar' },
    reply: Calendar.extend({ sessionTimes: z.array(SaidTimes) }).meta({ id: 'SchoolCalendar' }),
    handle: async (ctx) => ({ ...(await calendarFacts(ctx)), sessionTimes: await timesFacts(ctx) }),
  }),
  api({
    ...{ method: 'post', path: '/calendar/changes', name: 'showCalendarChange', may: calendarKeepers },
    summary: 'What a change to the calendar would do. Nothing is changed until it is made',
    body: Asked,
    reply: Change,
    handle: async (ctx) => {
      const { add, remove, reason: why } = ctx.body;
      const removed = await Promise.all(remove.map((id) => periodAt(ctx, id)));
      return changeFacts(ctx, await show(ctx, { added: add.map(periodOf), removed }, why));
    },
  }),
  fileApi({
    ...{ path: '/calendar/files/csv', name: 'showCalendarCsv', takes: 'text/csv', fileName: 'calendar.csv' },
    summary: 'What a calendar in CSV would do. Nothing is changed until it is made',
    more: `The body is the file itself, in UTF-8. Columns, in any order: ${calendarColumns.all.join(', ')}; the last three may be left out.`,
  }),
  fileApi({
    ...{ path: '/calendar/files/ics', name: 'showCalendarIcs', takes: 'text/calendar', fileName: 'calendar.ics' },
    summary: 'What a calendar in iCalendar would do. Nothing is changed until it is made',
    more: 'The body is the file itself. What an event is, is guessed from its words: "rows" says how each was understood, and why some are not taken.',
  }),
  api({
    ...{ method: 'get', path: '/calendar/changes/:id', name: 'getCalendarChange', may: calendarKeepers },
    summary: 'What a change to the calendar would do, or did',
    params: Id,
    reply: Change,
    handle: (ctx) => changeFacts(ctx, ctx.params.id),
  }),
  api({
    ...{ method: 'post', path: '/calendar/changes/:id/make', name: 'makeCalendarChange', may: calendarKeepers },
    summary: 'Make a change that was looked at',
    params: Id,
    body: z
      .strictObject({ version: z.string().describe('Of the calendar it was looked at against') })
      .meta({ id: 'MakeCalendarChange' }),
    reply: Change,
    handle: async (ctx) => {
      await make(ctx, ctx.params.id, ctx.body.version);
      return changeFacts(ctx, ctx.params.id);
    },
  }),
];
