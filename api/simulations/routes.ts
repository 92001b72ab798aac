import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { drawn, Size, widths } from '../charts/draw.ts';
import { After } from '../web/paging.ts';
import type { Ctx, Download } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { Id, OfPupil, simulationApi, TableAsked } from './api.ts';
import { deleteSimulation, reportAt, startSimulation } from './facts.ts';
import { otherwiseFacts } from './pupil-year.ts';
import { triers } from './reach.ts';
import { csvFile, htmlFile, jsonFile } from './report-files.ts';
import { SimulationForm } from './simulation-form.ts';
import { simulationsView, simulationView } from './simulations-view.ts';
import { otherwiseAddress, otherwiseView, pupilsView, storyView } from './story-view.ts';
import { weeksChart } from './weeks-chart.ts';
import { WhatIfAsked, WhatIfForm } from './what-if-form.ts';

const files = {
  html: { file: htmlFile, summary: 'What a simulation came to, as a page for governors in one file' },
  json: { file: jsonFile, summary: 'What a simulation came to, for machines' },
};

async function picture(
  ctx: Pick<Ctx, 'deps' | 'user'>,
  id: string,
  n: number,
  size: z.infer<typeof Size>['size'],
): Promise<Download> {
  const outcome = (await reportAt(ctx, id)).outcomes[n];
  if (!outcome) throw new Refusal('NotFound', 'This simulation has no such policy');
  return drawn('weeks.svg', weeksChart(outcome, widths[size]));
}

/** Policies tried on a year of the school's register: asked for, seen, taken out as files, deleted. */
export const simulationRoutes = [
  page({
    ...{ path: '/simulations', may: triers, summary: 'Simulations', query: After },
    handle: (ctx) => simulationsView(ctx, { after: ctx.query.after }),
  }),
  form({
    ...{ path: '/simulations', may: triers, summary: 'Try a school year under one policy, or two' },
    body: SimulationForm,
    handle: async (ctx) => ({ goTo: `/simulations/${await startSimulation(ctx, ctx.body)}` }),
    again: (ctx) => simulationsView(ctx, { typed: ctx.body }),
  }),
  page({
    ...{ path: '/simulations/:id', may: triers, summary: 'One simulation: how far it is, or what it came to', params: Id },
    handle: (ctx) => simulationView(ctx, ctx.params.id),
  }),
  form({
    ...{ path: '/simulations/:id', may: triers, summary: 'Delete a simulation', params: Id },
    body: z.object({ decisionKey: z.uuid(), do: z.literal('delete') }),
    handle: async (ctx) => {
      await deleteSimulation(ctx, ctx.params.id);
      return { goTo: '/simulations', say: 'The simulation was deleted.' };
    },
    again: (ctx) => simulationView(ctx, ctx.params.id),
  }),
  ...Object.entries(files).map(([kind, { file, summary }]) =>
    page({
      ...{ path: `/simulations/:id/report.${kind}`, may: triers, summary, params: Id },
      handle: async (ctx) => file(await reportAt(ctx, ctx.params.id)),
    }),
  ),
  page({
    ...{ path: '/simulations/:id/report.csv', may: triers, summary: 'A table of a simulation', params: Id, query: TableAsked },
    handle: async (ctx) => csvFile(await reportAt(ctx, ctx.params.id), ctx.query.table),
  }),
  page({
    ...{ path: '/simulations/:id/policies/:n/weeks.svg', may: triers, summary: 'What a policy did each week, as a picture' },
    params: Id.extend({ n: z.coerce.number().int().min(0).max(1) }),
    query: Size,
    handle: (ctx) => picture(ctx, ctx.params.id, ctx.params.n, ctx.query.size),
  }),
  page({
    ...{ path: '/simulations/:id/pupils', may: triers, summary: 'Find the pupil whose simulated year is to be told' },
    ...{ params: Id, query: z.object({ name: z.string().trim().max(80).default('') }) },
    handle: (ctx) => pupilsView(ctx, ctx.params.id, ctx.query.name),
  }),
  page({
    ...{ path: '/simulations/:id/pupils/:pupilId', may: triers, params: OfPupil, query: WhatIfAsked },
    summary: 'One pupil’s simulated year as a story; and the same with one thing otherwise',
    handle: (ctx) => (ctx.query === null ? storyView(ctx, ctx.params) : otherwiseView(ctx, ctx.params, ctx.query)),
  }),
  form({
    ...{
      path: '/simulations/:id/pupils/:pupilId',
      may: triers,
      summary: 'Let one thing of the story be otherwise',
      params: OfPupil,
    },
    body: WhatIfForm,
    handle: async (ctx) => {
      const { n, change, typed } = ctx.body;
      await otherwiseFacts(ctx, ctx.params, n, change);
      return { goTo: otherwiseAddress(ctx.params, typed) };
    },
    again: (ctx) => storyView(ctx, ctx.params, ctx.body),
  }),
  ...simulationApi,
];
