import { z } from 'zod';
import { schoolOf } from '../../prisma/pupils.ts';
import { simulationsOf } from '../../prisma/simulations.ts';
import { After, mapped, pageOf } from '../web/paging.ts';
import { api, apiFile } from '../web/routes.ts';
import { deleteSimulation, reportAt, simulationAt, simulationFacts, simulationRow, startSimulation } from './facts.ts';
import { otherwiseFacts, storyFacts } from './pupil-year.ts';
import { triers } from './reach.ts';
import { tables, tableTitles } from './report-csv.ts';
import { csvFile, htmlFile } from './report-files.ts';
import { Otherwise, PupilStory, policyAt, Simulation, SimulationOrder, SimulationRow, WhatIf } from './shapes.ts';

export const Id = z.object({ id: z.uuid() });
export const OfPupil = Id.extend({ pupilId: z.uuid() });

export const TableAsked = z.object({
  table: z
    .enum(tables)
    .default('weeks')
    .describe(`Which: ${tables.map((one) => `${one} (${tableTitles[one]})`).join('; ')}`),
});

/** What a person does with a simulation. */
const SimulationDeed = z
  .strictObject({ do: z.literal('delete') })
  .meta({ id: 'SimulationDeed', description: 'Delete a simulation. One that runs is stopped' });

/** Simulations for machines: the same as the pages say and do. */
export const simulationApi = [
  api({
    ...{ method: 'get', path: '/simulations', name: 'listSimulations', may: triers, summary: 'Simulations, newest first' },
    query: After,
    reply: pageOf(SimulationRow),
    handle: async ({ deps, user, query }) =>
      mapped(await simulationsOf(deps.db, (await schoolOf(deps.db, user)).id, query.after), simulationRow),
  }),
  api({
    ...{ method: 'post', path: '/simulations', name: 'startSimulation', may: triers },
    summary: 'Try a school year under one policy, or two',
    more: 'It is answered at once, and takes seconds to a minute: ask for the simulation until its status is done or failed.',
    body: SimulationOrder,
    reply: Simulation,
    handle: async (ctx) => simulationFacts(await simulationAt(ctx, await startSimulation(ctx, ctx.body))),
  }),
  api({
    ...{ method: 'get', path: '/simulations/:id', name: 'getSimulation', may: triers },
    summary: 'One simulation, with what it came to',
    params: Id,
    reply: Simulation,
    handle: async (ctx) => simulationFacts(await simulationAt(ctx, ctx.params.id)),
  }),
  api({
    ...{ method: 'post', path: '/simulations/:id/action', name: 'actOnSimulation', may: triers, summary: 'Delete a simulation' },
    params: Id,
    body: SimulationDeed,
    reply: z.object({ deleted: z.uuid() }),
    handle: async (ctx) => {
      await deleteSimulation(ctx, ctx.params.id);
      return { deleted: ctx.params.id };
    },
  }),
  apiFile({
    ...{ method: 'get', path: '/simulations/:id/report.html', name: 'getSimulationPage', may: triers },
    summary: 'What a simulation came to, as a page for governors in one file',
    params: Id,
    sends: 'text/html',
    handle: async (ctx) => htmlFile(await reportAt(ctx, ctx.params.id)),
  }),
  apiFile({
    ...{ method: 'get', path: '/simulations/:id/report.csv', name: 'getSimulationWeeks', may: triers },
    summary: 'A table of a simulation',
    params: Id,
    query: TableAsked,
    sends: 'text/csv',
    handle: async (ctx) => csvFile(await reportAt(ctx, ctx.params.id), ctx.query.table),
  }),
  api({
    ...{ method: 'get', path: '/simulations/:id/pupils/:pupilId', name: 'getSimulatedStory', may: triers },
    summary: 'One pupil’s simulated year as a story',
    params: OfPupil,
    query: z.object({ policy: policyAt.describe('Which of the simulation’s policies: 0, or 1') }),
    reply: PupilStory,
    handle: (ctx) => storyFacts(ctx, ctx.params, ctx.query.policy),
  }),
  api({
    ...{ method: 'post', path: '/simulations/:id/pupils/:pupilId/what-if', name: 'tryOtherwise', may: triers },
    summary: 'One pupil’s simulated year, and the same with one thing otherwise',
    more: 'It changes nothing: both stories are told anew for each request.',
    params: OfPupil,
    body: z.strictObject({ policy: policyAt.describe('Which of the simulation’s policies: 0, or 1'), change: WhatIf }),
    reply: Otherwise,
    handle: (ctx) => otherwiseFacts(ctx, ctx.params, ctx.body.policy, ctx.body.change),
  }),
];
