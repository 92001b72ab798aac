import { z } from 'zod';
import { Offer } from '../../policy/case/decision.ts';
import { mayKeepPlan } from '../../policy/case/support-plan.ts';
import { Refusal } from '../../policy/refusal.ts';
import { caseFor, keepText } from '../../prisma/cases.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Ctx } from '../web/route.ts';
import { api, form } from '../web/routes.ts';
import { caseView } from './case-view.ts';

const Id = z.object({ id: z.uuid() });
const { kind: Kind, response: Response } = Offer.shape;

const Noted = z.strictObject({
  support: Kind,
  response: Response,
  on: z.iso.date(),
  text: z.string().trim().max(2000).default(''),
});

const Form = z
  .object({
    decisionKey: z.uuid(),
    support: z.enum(Kind.options, 'Choose the support'),
    response: z.enum(Response.options, 'Say what came of it'),
    on: z.iso.date('Enter the day'),
    supportText: z.string().trim().max(2000, 'Write at most 2,000 characters').default(''),
  })
  .transform(({ support, response, on, supportText }) => ({ support, response, on, text: supportText }));

async function note(ctx: Pick<Ctx, 'deps' | 'user' | 'key'>, id: string, noted: z.infer<typeof Noted>): Promise<void> {
  const { deps, user } = ctx;
  if (!(await caseFor(deps.db, user, id))) throw new Refusal('NotFound', 'There is no such case at your school');
  const { text: words, ...said } = noted;
  const textId = stableId(`support text:${ctx.key}`);
  if (words !== '') await keepText(deps.db, textId, user.id, words);
  const by = { id: user.id, role: user.role };
  const input = { key: `support:${ctx.key}`, kind: 'support', by, ...said, ...(words === '' ? {} : { textId }) } as const;
  await deps.matters.decide({ kind: 'case', matterId: id, input });
}

export const supportRoutes = [
  form({
    path: '/cases/:id/support',
    may: mayKeepPlan,
    summary: 'Note what came of support that was offered',
    params: Id,
    body: Form,
    handle: async (ctx) => {
      await note(ctx, ctx.params.id, ctx.body);
      return { goTo: `/cases/${ctx.params.id}`, say: 'The support plan is up to date.' };
    },
    again: (ctx) => caseView(ctx, ctx.params.id, ctx.body),
  }),
  api({
    method: 'post',
    path: '/cases/:id/support',
    may: mayKeepPlan,
    summary: 'Note what came of support that was offered, or offer more',
    params: Id,
    body: Noted,
    reply: z.object({ done: z.literal(true) }),
    handle: async (ctx) => {
      await note(ctx, ctx.params.id, ctx.body);
      return { done: true as const };
    },
  }),
];
