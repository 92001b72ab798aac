import { z } from 'zod';
import { leading } from '../../policy/case/decide.ts';
import { api, form, page } from '../web/routes.ts';
import { ticked } from '../web/ticked.ts';
import { MoveCases, Moved, moveCases, OlderCase, olderCases } from './moves.ts';
import { movedSaid, movesView } from './moves-view.ts';

const stage = z.preprocess((value) => (value === '' ? undefined : value), z.string().max(100).optional());
const MoveForm = z.object({
  ...{ decisionKey: z.uuid(), version: z.string(), stage },
  cases: ticked.pipe(MoveCases.shape.cases),
});

const Older = z.object({ stage, after: z.uuid().optional() });

/** Moving running cases to the version of the policy that is in force, by those who lead. */
export const moveRoutes = [
  page({
    ...{ path: '/policy-moves', may: leading, query: Older },
    summary: 'Running cases under an older version of the policy, and what moving each would change',
    handle: (ctx) => movesView(ctx, ctx.query),
  }),
  form({
    ...{ path: '/policy-moves', may: leading, body: MoveForm },
    summary: 'Move running cases to the version in force',
    handle: async (ctx) => {
      const { version, cases, stage: at } = ctx.body;
      const done = await moveCases(ctx, { version, cases, ...(at !== undefined && { stage: at }) });
      return { goTo: '/policy-moves', say: movedSaid(done) };
    },
    again: (ctx) => movesView(ctx, { stage: String(ctx.body.stage ?? '') }),
  }),
  api({
    ...{ method: 'get', path: '/policy-moves', name: 'listOlderCases', may: leading, query: Older },
    summary: 'Running cases under an older version of the policy, and what moving each would change',
    reply: z.object({
      ...{ policy: z.string(), version: z.string(), stages: z.array(z.string()), cases: z.array(OlderCase) },
      next: z.uuid().nullable().describe('The page after this one begins after it; null on the last'),
    }),
    handle: (ctx) => olderCases(ctx, ctx.query),
  }),
  api({
    ...{ method: 'post', path: '/policy-moves', name: 'moveCases', may: leading, body: MoveCases },
    summary: 'Move running cases to the version in force, each by a decision of its own',
    reply: Moved,
    handle: (ctx) => moveCases(ctx, ctx.body),
  }),
];
