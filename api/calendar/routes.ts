import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { fileModes } from '../../policy/calendar/calendar-change.ts';
import { periodWords } from '../../policy/calendar/period.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import type { CalendarFileProblem } from '../deps.ts';
import { Id, school } from '../register/reach.ts';
import type { View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { calendarApi } from './api.ts';
import { calendarView } from './calendar-view.ts';
import { changeView } from './change-view.ts';
import { type Asking, make, periodAt, show, showUpload } from './facts.ts';
import { AddForm, addFields, fileForm, PeriodForm, periodChoices, reasonField, typedOf } from './period-form.ts';
import { timesRoutes } from './session-times.ts';
import { calendarKeepers, reason } from './shapes.ts';
import { calendarFiles } from './take-out.ts';

const Shown = z.object({
  year: z
    .string()
    .regex(/^20\d\d$/, 'is no year')
    .optional()
    .describe('In which the school year begins'),
  month: z
    .string()
    .regex(/^20\d\d-(0[1-9]|1[0-2])$/, 'is no month')
    .optional(),
});

const toLookAt = (id: string) => ({ goTo: `/calendar/changes/${id}` });

const addView = (typed: Record<string, unknown> = {}): View => ({
  template: 'calendar/add.njk',
  model: { fields: addFields, typed: { kind: 'closure', ...typed }, decisionKey: randomUUID() },
});

const fileView = (typed: Record<string, unknown> = {}): View => ({
  template: 'calendar/file.njk',
  model: { ...fileForm, typed: { mode: 'add', ...typed }, decisionKey: randomUUID() },
});

/** What is wrong with a file, row by row: nothing of it was taken. */
const refusedView = (problems: readonly CalendarFileProblem[]): View => ({
  template: 'calendar/refused.njk',
  model: { refusals: problems },
  status: 422,
});

async function periodView(ctx: Asking, id: string, typed: Record<string, unknown> = {}): Promise<View> {
  const period = await periodAt(ctx, id);
  return {
    template: 'calendar/period.njk',
    model: {
      ...{ href: `/calendar/periods/${id}`, name: period.label, says: capital(periodWords(period)) },
      ...{ choices: periodChoices(period), reasonField, typed: { ...typedOf(period), ...typed }, decisionKey: randomUUID() },
    },
  };
}

export const calendarRoutes = [
  page({
    path: '/calendar',
    may: school,
    summary: 'The school’s calendar',
    query: Shown,
    handle: (ctx) => calendarView(ctx, ctx.query),
  }),
  page({
    path: '/calendar/periods',
    may: calendarKeepers,
    summary: 'Add to the calendar',
    handle: async () => addView(),
  }),
  form({
    path: '/calendar/periods',
    may: calendarKeepers,
    summary: 'Show what a new period would do',
    body: AddForm,
    handle: async (ctx) => toLookAt(await show(ctx, { added: [ctx.body.period], removed: [] }, ctx.body.reason)),
    again: async (ctx) => addView(ctx.body),
  }),
  page({
    path: '/calendar/periods/:id',
    may: calendarKeepers,
    summary: 'Change a period of the calendar',
    params: Id,
    handle: (ctx) => periodView(ctx, ctx.params.id),
  }),
  form({
    path: '/calendar/periods/:id',
    may: calendarKeepers,
    summary: 'Show what changing, ending or taking out a period would do',
    params: Id,
    body: PeriodForm,
    handle: async (ctx) => {
      const { id: _, ...period } = await periodAt(ctx, ctx.params.id);
      const { body } = ctx;
      const added = body.do === 'remove' ? [] : [body.do === 'end' ? { ...period, to: body.last } : body.period];
      return toLookAt(await show(ctx, { added, removed: [period] }, body.reason));
    },
    again: (ctx) => periodView(ctx, ctx.params.id, ctx.body),
  }),
  page({
    path: '/calendar/files',
    may: calendarKeepers,
    summary: 'Bring in a calendar file',
    handle: async () => fileView(),
  }),
  form({
    path: '/calendar/files',
    may: calendarKeepers,
    summary: 'Show what a calendar file would do',
    upload: 'file',
    concerns: 'file',
    body: z.object({ decisionKey: z.uuid(), mode: z.enum(fileModes, 'Choose what the file is'), reason: reason.prefault('') }),
    handle: async (ctx) => {
      const shown = await showUpload(ctx, ctx.body);
      return 'problems' in shown ? refusedView(shown.problems) : toLookAt(shown.changeId);
    },
    again: async (ctx) => fileView(ctx.body),
  }),
  page({
    path: '/calendar/changes/:id',
    may: calendarKeepers,
    summary: 'What a change to the calendar would do, or did',
    params: Id,
    handle: (ctx) => changeView(ctx, ctx.params.id),
  }),
  form({
    path: '/calendar/changes/:id',
    may: calendarKeepers,
    summary: 'Make a change to the calendar',
    params: Id,
    body: z.object({ decisionKey: z.uuid(), version: z.string() }),
    handle: async (ctx) => {
      const { told } = await make(ctx, ctx.params.id, ctx.body.version);
      const heard =
        told > 0 ? `: ${counted(told, 'open case or referral', 'open cases and referrals')} count their days anew` : '';
      return { goTo: `/calendar/changes/${ctx.params.id}`, say: `The calendar is changed${heard}.` };
    },
    again: (ctx) => changeView(ctx, ctx.params.id),
  }),
  ...timesRoutes,
  ...calendarFiles,
  ...calendarApi,
];
