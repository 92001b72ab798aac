import { api } from '../web/routes.ts';
import { Clock, clockFacts, Walk, Which, walk } from './clock.ts';

/** The training clock for machines: the same as its page says and does. */
export const trainingApi = [
  api({
    ...{ method: 'get', path: '/training', name: 'getTrainingClock', may: 'signed-in' },
    summary: 'The clock of a training school, and how far its latest walk is',
    query: Which,
    reply: Clock,
    handle: (ctx) => clockFacts(ctx, ctx.query.school),
  }),
  api({
    ...{ method: 'post', path: '/training/walks', name: 'walkTrainingClock', may: 'signed-in' },
    summary: 'Let the next school day come, or all days to a date. Answered at once: ask the clock until its walk has arrived',
    body: Walk,
    reply: Clock,
    handle: async (ctx) => {
      return clockFacts(ctx, await walk(ctx, ctx.body));
    },
  }),
];
