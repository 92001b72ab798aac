import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import { Decision } from '../../policy/case/decision.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { roles } from '../../policy/people/roles.ts';
import { keepText } from '../../prisma/cases.ts';
import { dayOf, dayOrNull } from '../../prisma/day-column.ts';
import { setAside, waitingFor } from '../../prisma/proposals.ts';
import { stableId } from '../../prisma/stable-id.ts';
import { askedFor, pageOf } from '../web/paging.ts';
import type { Ctx } from '../web/route.ts';
import { api, form, page } from '../web/routes.ts';
import { DecisionForm, decisionOf } from './decision-form.ts';
import { type ProposalParams, proposalAt, proposalView } from './proposal-view.ts';
import { asked } from './words.ts';

const school = roles.filter((role) => role !== 'ewo');
const Params = z.object({ matterId: z.uuid(), key: z.string().regex(/^[\w-]{1,60}$/) });
const After = z.object({ after: z.string().max(200).optional() });

async function inboxRows({ deps, user }: Pick<Ctx, 'deps' | 'user'>, after: string | null) {
  const { rows, next } = pageOf(await waitingFor(deps.db, user, { after, take: askedFor }));
  const shown = rows.map((row) => ({
    href: row.matterKind === 'case' ? `/proposals/${row.matterId}/${row.key}` : `/referrals/${row.matterId}/proposals/${row.key}`,
    matterId: row.matterId,
    key: row.key,
    version: row.version,
    pupil: row.pupil.chosenName,
    className: row.pupil.className,
    asked: asked(row.body as unknown as Proposal),
    sentence: row.sentence,
    due: row.dueOn ? shortDay(dayOf(row.dueOn)) : '',
    dueOn: dayOrNull(row.dueOn),
    reminded: (row.body as unknown as Proposal).reminded,
    escalated: row.alsoRole === user.role,
  }));
  return { rows: shown, next };
}

/** Sends a decision to its case. What the person wrote is kept first, under an id that a repeat gives again. */
async function take(
  ctx: Pick<Ctx, 'deps' | 'user' | 'key' | 'at'>,
  { matterId, key }: ProposalParams,
  version: number,
  decision: Decision,
  text: string | null,
) {
  const { deps, user } = ctx;
  if (text !== null) await keepText(deps.db, textIdFor(ctx), user.id, text);
  const by = { id: user.id, role: user.role };
  const input = {
    key: `decision:${ctx.key}`,
    kind: 'decision',
    by,
    proposal: key,
    version,
    decision,
    validUntil: ctx.at + 5_000,
  } as const;
  return deps.matters.decide({ kind: 'case', matterId, input });
}

const textIdFor = ({ key }: Pick<Ctx, 'key'>): string => stableId(`text:${key}`);

export const inboxRoutes = [
  page({
    path: '/inbox',
    may: 'signed-in',
    summary: 'What waits for you',
    query: After,
    handle: async ({ query, deps, user }) => ({
      template: 'inbox/inbox.njk',
      model: { ...(await inboxRows({ deps, user }, query.after ?? null)), aside: await setAside(deps.db, user) },
    }),
  }),
  page({
    path: '/proposals/:matterId/:key',
    may: school,
    summary: 'A proposal with its evidence',
    params: Params,
    handle: (ctx) => proposalView(ctx, ctx.params),
  }),
  page({
    path: '/proposals/:matterId/:key/letters/:n',
    may: school,
    summary: 'A letter as it would go out',
    params: Params.extend({ n: z.coerce.number().int().nonnegative() }),
    query: z.object({ as: z.enum(['page', 'pdf']).default('page') }),
    handle: async ({ params, query, deps, user }) => {
      const { proposal } = await proposalAt({ deps, user }, params);
      const { letters, refused } = await deps.preview({ matterId: params.matterId, proposal, as: user });
      const letter = letters[params.n];
      if (!letter) return { template: 'inbox/no-letter.njk', model: { why: refused ?? 'There is no such letter' } };
      return query.as === 'pdf'
        ? { file: 'preview.pdf', type: 'application/pdf', content: letter.pdf }
        : { file: 'preview.html', type: 'text/html', content: letter.html };
    },
  }),
  form({
    path: '/proposals/:matterId/:key',
    may: school,
    summary: 'Decide on a proposal',
    params: Params,
    body: DecisionForm,
    handle: async (ctx) => {
      await proposalAt(ctx, ctx.params);
      const { decision, words } = decisionOf(ctx.body, textIdFor(ctx));
      await take(ctx, ctx.params, ctx.body.version, decision, words?.text ?? null);
      return { goTo: '/inbox', say: said[ctx.body.choice] };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  api({
    method: 'get',
    path: '/proposals',
    may: 'signed-in',
    summary: 'What waits for the token’s user',
    query: After,
    reply: z.object({
      rows: z.array(
        z.object({
          matterId: z.uuid(),
          key: z.string(),
          version: z.int(),
          asked: z.string(),
          sentence: z.string(),
          dueOn: z.iso.date().nullable(),
        }),
      ),
      next: z.string().nullable(),
    }),
    handle: ({ query, deps, user }) => inboxRows({ deps, user }, query.after ?? null),
  }),
  api({
    method: 'post',
    path: '/proposals/:matterId/:key/decision',
    may: school,
    summary: 'Decide on a proposal, by its version',
    params: Params,
    body: z.strictObject({
      version: z.int().positive(),
      decision: Decision,
      text: z.string().trim().min(1).max(2000).optional(),
    }),
    reply: z.object({ summary: z.string(), stage: z.string(), closed: z.boolean() }),
    handle: async (ctx) => {
      await proposalAt(ctx, ctx.params);
      const { version, decision, text } = ctx.body;
      const named = text === undefined ? decision : ({ ...decision, textId: textIdFor(ctx) } as Decision);
      return take(ctx, ctx.params, version, named, text ?? null);
    },
  }),
];

const said: Record<DecisionForm['choice'], string> = {
  approve: 'Approved. A letter waits for its recall window, then goes to each parent by itself.',
  decline: 'Declined. Your reason is in the record.',
  hold: 'Held. It comes back on the day you chose.',
  ask: 'Your question was put. The decision waits for the answer.',
  answer: 'Your answer was given.',
  called: 'The call was recorded.',
  met: 'The meeting was recorded.',
  done: 'Done.',
};
