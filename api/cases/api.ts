import { z } from 'zod';
import { earlierStages } from '../../policy/case/step-back.ts';
import { casesFor, stageCounts } from '../../prisma/cases.ts';
import { eventsOf } from '../../prisma/ledger.ts';
import { packOf } from '../../prisma/packs.ts';
import { Standing } from '../engine/say.ts';
import { AfterEvent, LedgerPage, ledgerPage } from '../ledger/events.ts';
import { mapped, pageOf } from '../web/paging.ts';
import { api } from '../web/routes.ts';
import { Attendance, attendance } from '../web/shapes.ts';
import { CaseAction, change, changers } from './change.ts';
import { Case, CaseRow, caseAt, caseFacts, caseRow, chartOf, Ledger, ledgerFacts, stagesToReopenOf } from './facts.ts';
import { Siblings, siblingsOf } from './family.ts';
import { Id, List, readers } from './reach.ts';
import { sayCase } from './timeline.ts';

/** Cases for machines: the same as their pages say and do. */
export const caseApi = [
  api({
    ...{ method: 'get', path: '/cases', name: 'listCases', may: readers, summary: 'Cases, newest first' },
    query: List,
    reply: pageOf(CaseRow).extend({
      stages: z.array(z.object({ stage: z.string(), count: z.int() })).describe('How many open cases are in each stage'),
    }),
    handle: async ({ deps, user, query }) => ({
      ...mapped(await casesFor(deps.db, user, query), caseRow),
      stages: await stageCounts(deps.db, user),
    }),
  }),
  api({
    ...{ method: 'get', path: '/cases/:id', name: 'getCase', may: readers },
    summary: 'One case: where it stands, what waits, its letters, and whether its ledger is whole',
    params: Id,
    reply: Case.extend({
      earlierStages: z.array(z.string()).describe('Those that the case can be put back to, the nearest first'),
      stagesToReopen: z.array(z.string()).describe('Those at which the closed case can be opened again, its own first'),
      siblings: Siblings.describe('Brothers and sisters with an open case'),
      ledger: Ledger,
    }),
    handle: async (ctx) => {
      const found = await caseAt(ctx, ctx.params.id);
      const pack = await packOf(ctx.deps.db, found.packId, found.packVersion);
      const back = found.status === 'open' ? earlierStages(pack, found.state) : [];
      return {
        ...caseFacts(found, ctx.at),
        earlierStages: back,
        stagesToReopen: await stagesToReopenOf(ctx, found, pack),
        siblings: await siblingsOf(ctx, found),
        ledger: await ledgerFacts(ctx, found),
      };
    },
  }),
  api({
    ...{ method: 'get', path: '/cases/:id/events', name: 'listCaseEvents', may: readers },
    summary: 'The ledger of a case, oldest first: its timeline, with all that the hash chain covers',
    params: Id,
    query: AfterEvent,
    reply: LedgerPage,
    handle: async (ctx) => {
      const { id, letters, pupil } = await caseAt(ctx, ctx.params.id);
      return ledgerPage(ctx, id, sayCase(letters, pupil.contacts));
    },
  }),
  api({
    ...{ method: 'get', path: '/cases/:id/chart', name: 'getCaseChart', may: readers },
    summary: 'The chart of a case: attendance by day over the school year, and the steps of the case',
    params: Id,
    reply: z.object({
      points: z.array(z.object({ on: z.iso.date(), attendance: Attendance })),
      steps: z.array(z.object({ on: z.iso.date(), label: z.string() })),
    }),
    handle: async (ctx) => {
      const found = await caseAt(ctx, ctx.params.id);
      const { points, steps } = await chartOf(ctx, found, await eventsOf(ctx.deps.db, found.id));
      return { points: points.map(({ on, ...so }) => ({ on, attendance: attendance(so) })), steps };
    },
  }),
  api({
    ...{ method: 'post', path: '/cases/:id/action', name: 'actOnCase', may: changers },
    summary: 'Note, hold, resume, put back, close or open again a case',
    params: Id,
    body: CaseAction,
    reply: Standing,
    handle: (ctx) => change(ctx, ctx.params.id, ctx.body),
  }),
];
