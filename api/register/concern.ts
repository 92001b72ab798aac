import { z } from 'zod';
import { mayOpenForConcern } from '../../policy/case/begin.ts';
import type { CaseInput } from '../../policy/case/input.ts';
import { keepWords, Standing, saidBy, textIdFor, words } from '../engine/say.ts';
import type { Ctx } from '../web/route.ts';
import { api, form } from '../web/routes.ts';
import { pupilAt } from './facts.ts';
import { pupilView } from './pupil-view.ts';
import { Id } from './reach.ts';

const reason = words('Enter what the concern is');

/** Why a case is opened that no figure calls for. */
const Concern = z
  .strictObject({ text: reason })
  .meta({ id: 'Concern', description: 'Why a case is opened that no figure calls for, in words that the case keeps' });

const ConcernForm = z.object({ decisionKey: z.uuid(), concern: reason }).transform(({ concern }) => ({ text: concern }));

/**
 * Opens a case for a pupil, with the reason.
 * @throws Refusal('NotFound') if the pupil is not within reach, or as the rules refuse it
 */
async function open(ctx: Pick<Ctx, 'deps' | 'user' | 'at' | 'key'>, id: string, { text: said }: z.infer<typeof Concern>) {
  await pupilAt(ctx, id);
  await keepWords(ctx, said);
  const { input } = saidBy(ctx, 'case', id, { kind: 'concern', textId: textIdFor(ctx) });
  return ctx.deps.openForConcern({ pupilId: id, input: input as Extract<CaseInput, { kind: 'concern' }> });
}

/** A case opened for a concern, by the pupil's page and by machines. */
export const concernRoutes = [
  form({
    path: '/register/:id/case',
    may: mayOpenForConcern,
    summary: 'Open a case for a concern',
    params: Id,
    body: ConcernForm,
    handle: async (ctx) => {
      const { caseId } = await open(ctx, ctx.params.id, ctx.body);
      return { goTo: `/cases/${caseId}`, say: 'The case is open.' };
    },
    again: (ctx) => pupilView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/register/pupils/:id/case', name: 'openCase', may: mayOpenForConcern },
    summary: 'Open a case for a concern, where the school’s policy says in which stage such a case begins',
    params: Id,
    body: Concern,
    reply: Standing.extend({ caseId: z.uuid() }),
    handle: async (ctx) => {
      const { caseId, outcome } = await open(ctx, ctx.params.id, ctx.body);
      return { caseId, ...outcome };
    },
  }),
];
