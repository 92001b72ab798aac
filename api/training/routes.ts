import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { longDay } from '../../policy/calendar/day.ts';
import { nextSchoolDay } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { clockSteps, trainingSchoolOf } from '../../prisma/clock-steps.ts';
import { columnOf, dayOf } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';

type Asker = Pick<Ctx, 'deps' | 'user'>;

async function clockView({ deps, user }: Asker, typed: Record<string, unknown> = {}): Promise<View> {
  const school = await trainingSchoolOf(deps.db, user);
  const today = dayOf(school.today);
  const [latest] = await clockSteps(deps.db, school.id);
  const running = latest && !latest.doneAt && !latest.failed ? latest : null;
  return {
    template: 'training/clock.njk',
    model: {
      today: longDay(today),
      next: longDay(nextSchoolDay(await calendarOf(deps.db, school.id), today)),
      running: running && { doing: running.doing, reached: longDay(dayOf(running.reached)), to: longDay(dayOf(running.toDay)) },
      failed: latest?.failed ?? null,
      mailInboxUrl: deps.settings.mailInboxUrl,
      decisionKey: randomUUID(),
      typed: { to: '', ...typed },
    },
  };
}

const Walk = z
  .object({
    decisionKey: z.uuid(),
    how: z.enum(['next', 'to']),
    to: z.union([z.literal(''), z.iso.date('Enter a real date')]).default(''),
  })
  .refine((body) => body.how === 'next' || body.to !== '', { path: ['to'], message: 'Enter the date to go to' });

export const trainingRoutes = [
  page({ path: '/training', may: 'signed-in', summary: 'The training clock', handle: (ctx) => clockView(ctx) }),
  form({
    path: '/training',
    may: 'signed-in',
    summary: 'Let the next school day come, or all days to a date',
    body: Walk,
    concerns: 'to',
    handle: async ({ deps, user, body, key }) => {
      const school = await trainingSchoolOf(deps.db, user);
      const today = dayOf(school.today);
      const to = body.how === 'next' ? nextSchoolDay(await calendarOf(deps.db, school.id), today) : body.to;
      if (to <= today) throw new Refusal('NotAllowed', 'Choose a day after today: the clock only goes forward');
      if ((await calendarOf(deps.db, school.id)).days.every((day) => day < to))
        throw new Refusal('NotAllowed', 'The school calendar ends before that day');
      const [latest] = await clockSteps(deps.db, school.id);
      if (latest && latest.id !== key && !latest.doneAt && !latest.failed)
        throw new Refusal('Stale', 'The clock is walking already: wait until it has arrived');
      await deps.db.clockStep.createMany({
        data: [
          {
            id: key,
            schoolId: school.id,
            fromDay: columnOf(today),
            toDay: columnOf(to),
            reached: columnOf(today),
            doing: 'Starting',
          },
        ],
        skipDuplicates: true,
      });
      await deps.matters.walkClock({ schoolId: school.id, stepId: key });
      return { goTo: '/training' };
    },
    again: (ctx) => clockView(ctx, ctx.body),
  }),
];
