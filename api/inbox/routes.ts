import { z } from 'zod';
import { shortDay } from '../../policy/calendar/day.ts';
import type { Choice } from '../../policy/case/decision.ts';
import { setAside, waitingFor } from '../../prisma/proposals.ts';
import { mapped } from '../web/paging.ts';
import { form, page } from '../web/routes.ts';
import { proposalApi } from './api.ts';
import { decide } from './decide.ts';
import { DecisionForm } from './decision-form.ts';
import { previewed, proposalRow } from './facts.ts';
import { proposalView } from './proposal-view.ts';
import { List, OneLetter, Params, school } from './reach.ts';

const listed = ({ matterKind, matterId, key, pupil, dueOn, ...row }: ReturnType<typeof proposalRow>) => ({
  ...row,
  href: matterKind === 'case' ? `/proposals/${matterId}/${key}` : `/referrals/${matterId}/proposals/${key}`,
  pupil: pupil.name,
  className: pupil.className,
  due: dueOn ? shortDay(dueOn) : '',
});

export const inboxRoutes = [
  page({
    path: '/inbox',
    may: 'signed-in',
    summary: 'What waits for you',
    query: List,
    handle: async ({ query, deps, user }) => ({
      template: 'inbox/inbox.njk',
      model: {
        ...mapped(await waitingFor(deps.db, user, query.after), (row) => listed(proposalRow(row, user.role))),
        aside: await setAside(deps.db, user),
      },
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
    params: OneLetter,
    query: z.object({ as: z.enum(['page', 'pdf']).default('page') }),
    handle: async (ctx) => {
      const { letters, refused } = await previewed(ctx, ctx.params);
      const letter = letters[ctx.params.n];
      if (!letter) return { template: 'inbox/no-letter.njk', model: { why: refused ?? 'There is no such letter' } };
      return ctx.query.as === 'pdf'
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
      await decide(ctx, ctx.params, ctx.body);
      return { goTo: '/inbox', say: said[ctx.body.decision.choice as Choice] };
    },
    again: (ctx) => proposalView(ctx, ctx.params, ctx.body),
  }),
  ...proposalApi,
];

const said: Record<Choice, string> = {
  approve: 'Approved. A letter waits for its recall window, then goes to each parent by itself.',
  decline: 'Declined. Your reason is in the record.',
  hold: 'Held. It comes back on the day you chose.',
  ask: 'Your question was put. The decision waits for the answer.',
  answer: 'Your answer was given.',
  called: 'The call was recorded.',
  met: 'The meeting was recorded.',
  done: 'Done.',
};
