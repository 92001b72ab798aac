import { z } from 'zod';
import { Decision } from '../../policy/case/decision.ts';
import { roles } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { setAside, waitingCount } from '../../prisma/proposals.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { counted } from '../layout/counted.ts';
import { api, form, page } from '../web/routes.ts';
import { previewOf, take, textIdFor } from './decide.ts';
import { DecisionForm, decisionOf } from './decision-form.ts';
import { inboxRows } from './inbox-rows.ts';
import { proposalAt, proposalView } from './proposal-view.ts';

const school = roles.filter((role) => role !== 'ewo');
const Params = z.object({ matterId: z.uuid(), key: z.string().regex(/^[\w-]{1,60}$/) });
const After = z.object({ after: z.string().max(200).optional() });

export const inboxRoutes = [
  page({
    path: '/inbox',
    may: 'signed-in',
    summary: 'What waits for you',
    query: After,
    handle: async (ctx) => {
      const { db } = ctx.deps;
      const waiting = await waitingCount(db, ctx.user);
      return {
        template: 'inbox/inbox.njk',
        model: {
          ...(await inboxRows(ctx, ctx.query.after ?? null)),
          waiting: waiting === 1 ? 'One thing waits for you' : `${counted(waiting, 'thing')} wait for you`,
          atSchool: ctx.user.schoolId !== null,
          aside: await setAside(db, ctx.user),
        },
      };
    },
  }),
  page({
    path: '/proposals/:matterId/:key',
    may: school,
    summary: 'A proposal with its evidence',
    params: Params,
    handle: (ctx) => proposalView(ctx, ctx.params),
  }),
  form({
    path: '/proposals/:matterId/:key/letters/:n',
    may: school,
    summary: 'One letter as it would go out with what was typed, as a PDF. Decides nothing',
    params: Params.extend({ n: z.coerce.number().int().nonnegative() }),
    body: DecisionForm,
    handle: async (ctx) => {
      const at = await proposalAt(ctx, ctx.params);
      const of = { ...ctx.params, ...at, schoolId: at.found.schoolId, today: todayAt(at.found.school, ctx.at) };
      const letter = (await previewOf(ctx, of, ctx.body))?.letters[ctx.params.n];
      if (!letter) throw new Refusal('NotFound', 'There is no such letter. Go back, and show the letters again');
      return { file: 'preview.pdf', type: 'application/pdf', content: letter.pdf() };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  form({
    path: '/proposals/:matterId/:key',
    may: school,
    summary: 'Decide on a proposal, or only show its letters with what was typed',
    params: Params,
    body: DecisionForm,
    handle: async (ctx) => {
      if (ctx.body.show) return proposalView(ctx, ctx.params, ctx.body);
      const { action } = (await proposalAt(ctx, ctx.params)).proposal;
      const { decision, words } = decisionOf(ctx.body, textIdFor(ctx));
      await take(ctx, ctx.params, ctx.body.version, decision, words);
      return {
        goTo: '/inbox',
        say: action.what === 'referral' && decision.choice === 'approve' ? referred : said[decision.choice],
      };
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
    handle: (ctx) => inboxRows(ctx, ctx.query.after ?? null),
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

const referred = 'Approved. The local authority has the referral, with its evidence.';
const said: Record<Decision['choice'], string> = {
  approve: 'Approved. A letter waits for its recall window, then goes to each parent by itself.',
  decline: 'Declined. Your reason is in the record.',
  hold: 'Held. It comes back on the day you chose.',
  ask: 'Your question was put. The decision waits for the answer.',
  answer: 'Your answer was given.',
  called: 'The call was recorded.',
  met: 'The meeting was recorded.',
  done: 'Done. It is in the record.',
};
