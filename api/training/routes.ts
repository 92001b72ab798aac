import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { longDay } from '../../policy/calendar/day.ts';
import { trainingSchoolOf } from '../../prisma/clock-steps.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { formOf } from '../web/form-of.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';
import { trainingApi } from './api.ts';
import { clockFacts, Walk, walk } from './clock.ts';

type Asking = Pick<Ctx, 'deps' | 'user'>;

const addressOf = (id: string): string => `/training?school=${encodeURIComponent(id)}`;

/** The clock of a school, or the clocks to choose from. */
async function clockView(ctx: Asking, id: string | undefined, typed: Record<string, unknown> = {}): Promise<View> {
  const { school, schools } = await trainingSchoolOf(ctx.deps.db, ctx.user, id);
  if (!school) {
    const clocks = schools.map((one) => ({ name: one.name, href: addressOf(one.id), today: longDay(dayOf(one.today)) }));
    return { template: 'training/clocks.njk', model: { clocks } };
  }
  const { today, next, walk: latest, imported } = await clockFacts(ctx, school.id);
  return {
    template: 'training/clock.njk',
    model: {
      school: school.id,
      name: school.name,
      here: addressOf(school.id),
      several: schools.length > 1,
      imported,
      date: longDay(today),
      next: next && longDay(next),
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
  .object({
    decisionKey: z.uuid(),
    school: z.string().default(''),
    how: z.string().default(''),
    to: z.string().trim().default(''),
  })
  .transform(({ school, how, to }, ctx) => formOf(Walk, { school, ...(how === 'to' ? { how, to } : { how }) }, ctx));

export const trainingRoutes = [
  page({
    path: '/training',
    may: 'signed-in',
    summary: 'The training clock, or the clocks of several schools to choose from',
    query: z.object({ school: z.string().optional() }),
    handle: (ctx) => clockView(ctx, ctx.query.school),
  }),
  form({
    path: '/training',
    may: 'signed-in',
    summary: 'Let the next school day come, or all days to a date',
    body: WalkForm,
    concerns: 'to',
    handle: async (ctx) => ({ goTo: addressOf(await walk(ctx, ctx.body)) }),
    again: (ctx) => clockView(ctx, typeof ctx.body.school === 'string' ? ctx.body.school : undefined, ctx.body),
  }),
  ...trainingApi,
];
