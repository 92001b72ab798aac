import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Day, longDay } from '../../policy/calendar/day.ts';
import type { SchoolCalendar } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { clockSteps, trainingSchoolOf } from '../../prisma/clock-steps.ts';
import { columnOf, dayOf } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { Ctx, View } from '../web/route.ts';
import { form, page } from '../web/routes.ts';

type Asker = Pick<Ctx, 'deps' | 'user'>;

/** The clock of a school, or the clocks to choose from. */
async function clockView({ deps, user }: Asker, id: string | undefined, typed: Record<string, unknown> = {}): Promise<View> {
  const { school, schools } = await trainingSchoolOf(deps.db, user, id);
  const clocks = schools.map((one) => ({ name: one.name, href: addressOf(one), today: longDay(dayOf(one.today)) }));
  if (!school) return { template: 'training/clocks.njk', model: { clocks } };
  const today = dayOf(school.today);
  const next = nextOf(await calendarOf(deps.db, school.id), today);
  const [latest] = await clockSteps(deps.db, school.id);
  const running = latest && !latest.doneAt && !latest.failed ? latest : null;
  return {
    template: 'training/clock.njk',
    model: {
      school: school.id,
      name: school.name,
      here: addressOf(school),
      several: clocks.length > 1,
      imported: school.seed === null,
      date: longDay(today),
      next: next && longDay(next),
      running: running && { doing: running.doing, reached: longDay(dayOf(running.reached)), to: longDay(dayOf(running.toDay)) },
      failed: latest?.failed ?? null,
      mailInboxUrl: deps.settings.mailInboxUrl,
      decisionKey: randomUUID(),
      typed: { to: '', ...typed },
    },
  };
}

const addressOf = ({ id }: { id: string }): string => `/training?school=${encodeURIComponent(id)}`;

/** The next school day; null when the calendar ends. */
const nextOf = ({ days }: SchoolCalendar, today: Day): Day | null => days.find((day) => day > today) ?? null;

const Walk = z
  .object({
    decisionKey: z.uuid(),
    school: z.string().optional(),
    how: z.enum(['next', 'to']),
    to: z.union([z.literal(''), z.iso.date('Enter a real date')]).default(''),
  })
  .refine((body) => body.how === 'next' || body.to !== '', { path: ['to'], message: 'Enter the date to go to' });

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
    body: Walk,
    handle: async ({ deps, user, body, key }) => {
      const { school } = await trainingSchoolOf(deps.db, user, body.school);
      if (!school) throw new Refusal('BadInput', 'Choose the school whose clock is to go on');
      const today = dayOf(school.today);
      const calendar = await calendarOf(deps.db, school.id);
      const to = body.how === 'next' ? nextOf(calendar, today) : body.to;
      if (to === null || calendar.days.every((day) => day < to))
        throw new Refusal('NotAllowed', 'The school calendar ends before that day');
      if (to <= today) throw new Refusal('NotAllowed', 'Choose a day after today: the clock only goes forward');
      const [latest] = await clockSteps(deps.db, school.id);
      if (latest && latest.id !== key && !latest.doneAt && !latest.failed)
        throw new Refusal('NotAllowed', 'The clock is walking already: wait until it has arrived');
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
      return { goTo: addressOf(school) };
    },
    again: (ctx) => clockView(ctx, typeof ctx.body.school === 'string' ? ctx.body.school : undefined, ctx.body),
  }),
];
