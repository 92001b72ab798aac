import { z } from 'zod';
import { formOf } from '../web/form-of.ts';
import { api, form, page } from '../web/routes.ts';
import { awayView } from './away-view.ts';
import { Away, awayFacts, SayAway, sayAway } from './facts.ts';
import { mayName } from './reach.ts';

const typed = z.string().trim().default('');
const AwayForm = z
  .object({ decisionKey: z.uuid(), do: typed, to: typed, from: typed, until: typed, id: typed })
  .transform(({ do: what, to, from, until, id }, ctx) =>
    formOf(SayAway, what === 'end' ? { do: what, id } : { do: what, to, from, until }, ctx, { fieldOf: { do: 'to', id: 'to' } }),
  );

/** Who decides for a person who is away: said by that person, on a page and by a machine in their name. */
export const awayRoutes = [
  page({ path: '/away', may: mayName, summary: 'Who decides for you while you are away', handle: (ctx) => awayView(ctx) }),
  form({
    path: '/away',
    may: mayName,
    summary: 'Name a colleague to decide for you, or end that',
    body: AwayForm,
    handle: async (ctx) => {
      await sayAway(ctx, ctx.body);
      return { goTo: '/away', say: ctx.body.do === 'end' ? 'It has ended.' : 'They decide for you on those days.' };
    },
    again: (ctx) => awayView(ctx, ctx.body),
  }),
  api({
    ...{ method: 'get', path: '/away', name: 'getAway', may: mayName },
    summary: 'Who decides for the token’s user, and for whom they decide today',
    reply: Away,
    handle: (ctx) => awayFacts(ctx),
  }),
  api({
    ...{ method: 'post', path: '/away', name: 'sayAway', may: mayName },
    summary: 'Name a colleague to decide for the token’s user on some days, or end that',
    body: SayAway,
    reply: Away,
    handle: (ctx) => sayAway(ctx, ctx.body),
  }),
];
