import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { longDay } from '../../policy/calendar/day.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { trainingApi } from './api.ts';
import { clockFacts, Walk, walk } from './clock.ts';

async function clockView(ctx: Pick<Ctx, 'deps' | 'user'>, typed: Record<string, unknown> = {}): Promise<View> {
  const { today, next, walk: latest } = await clockFacts(ctx);
  return {
    template: 'training/clock.njk',
    model: {
      today: longDay(today),
      next: next ? longDay(next) : 'The school calendar ends here',
      running: latest?.status === 'walking' && {
        ...{ doing: latest.doing, reached: longDay(latest.reached), to: longDay(latest.to) },
      },
      failed: latest?.failed ?? null,
      mailInboxUrl: ctx.deps.settings.mailInboxUrl,
      decisionKey: randomUUID(),
      typed: { to: '', ...typed },
    },
  };
}

const WalkForm = z
  .object({ decisionKey: z.uuid(), how: z.string().default(''), to: z.string().trim().default('') })
  .transform(({ how, to }, ctx) => formOf(Walk, how === 'to' ? { how, to } : { how }, ctx));

export const trainingRoutes = [
  page({ path: '/training', may: 'signed-in', summary: 'The training clock', handle: (ctx) => clockView(ctx) }),
  form({
    path: '/training',
    may: 'signed-in',
    summary: 'Let the next school day come, or all days to a date',
    body: WalkForm,
    handle: async (ctx) => {
      await walk(ctx, ctx.body);
      return { goTo: '/training' };
    },
    again: (ctx) => clockView(ctx, ctx.body),
  }),
  ...trainingApi,
];
