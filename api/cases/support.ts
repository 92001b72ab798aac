import { z } from 'zod';
import { Offer } from '../../policy/case/decision.ts';
import { mayKeepPlan } from '../../policy/case/support-plan.ts';
import { Standing, say, textIdFor } from '../engine/say.ts';
import type { Ctx } from '../web/route.ts';
import { api, form } from '../web/routes.ts';
import { caseView } from './case-view.ts';
import { caseAt } from './facts.ts';
import { Id } from './reach.ts';

const { kind: Kind, response: Response } = Offer.shape;

/** What came of support, as a machine and the form both say it. */
const Noted = z
  .strictObject({
    support: z.enum(Kind.options, 'Choose the support'),
    response: z.enum(Response.options, 'Say what came of it'),
    on: z.iso.date('Enter the day'),
    text: z.string().trim().max(2000, 'Write at most 2,000 characters').default(''),
  })
  .meta({ id: 'SupportNoted', description: 'What came of support that was offered, or an offer of more' });

const NotedForm = z
  .object({ decisionKey: z.uuid(), ...Noted.omit({ text: true }).shape, supportText: Noted.shape.text })
  .transform(({ support, response, on, supportText }) => ({ support, response, on, text: supportText }));

async function note(ctx: Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>, id: string, { text, ...noted }: z.infer<typeof Noted>) {
  await caseAt(ctx, id);
  const words = text === '' ? {} : { textId: textIdFor(ctx) };
  return say(ctx, 'case', id, { kind: 'support', ...noted, ...words }, text === '' ? null : text);
}

/** The support plan of a case, kept by the page and by machines. */
export const supportRoutes = [
  form({
    path: '/cases/:id/support',
    may: mayKeepPlan,
    summary: 'Note what came of support that was offered',
    params: Id,
    body: NotedForm,
    handle: async (ctx) => {
      await note(ctx, ctx.params.id, ctx.body);
      return { goTo: `/cases/${ctx.params.id}`, say: 'The support plan is up to date.' };
    },
    again: (ctx) => caseView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    ...{ method: 'post', path: '/cases/:id/support', name: 'noteSupport', may: mayKeepPlan },
    summary: 'Note what came of support that was offered, or offer more',
    params: Id,
    body: Noted,
    reply: Standing,
    handle: (ctx) => note(ctx, ctx.params.id, ctx.body),
  }),
];
