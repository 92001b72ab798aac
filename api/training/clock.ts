import { z } from 'zod';
import { CalendarEnds, nextSchoolDay } from '../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../policy/refusal.ts';
import { addClockStep, clockSteps, trainingSchoolOf } from '../../prisma/clock-steps.ts';
import { dayOf } from '../../prisma/day-column.ts';
import { calendarOf } from '../../prisma/register.ts';
import type { Ctx } from '../web/route.ts';

type Asking = Pick<Ctx, 'deps' | 'user'>;
const day = z.iso.date();

/** Where a training school's clock stands. */
export const Clock = z
  .object({
    today: day,
    next: day.nullable().describe('The next school day; null at the end of the calendar'),
    walk: z
      .object({
        ...{ id: z.uuid(), status: z.enum(['walking', 'arrived', 'failed']) },
        ...{ from: day, to: day, reached: day, doing: z.string() },
        failed: z.string().nullable().describe('Why it stopped'),
      })
      .nullable()
      .describe('The latest walk'),
  })
  .meta({ id: 'TrainingClock' });

export const Walk = z
  .discriminatedUnion('how', [
    z.strictObject({ how: z.literal('next') }),
    z.strictObject({ how: z.literal('to'), to: z.iso.date('Enter the date to go to, as a real date') }),
  ])
  .meta({ id: 'Walk' });

/** What the clock's page and a machine both say of it. */
export async function clockFacts({ deps, user }: Asking): Promise<z.infer<typeof Clock>> {
  const school = await trainingSchoolOf(deps.db, user);
  const [latest] = await clockSteps(deps.db, school.id);
  const today = dayOf(school.today);
  return {
    today,
    next: await dayAfter(deps, school.id, today),
    walk: latest
      ? {
          ...{ id: latest.id, doing: latest.doing, failed: latest.failed },
          status: latest.failed ? 'failed' : latest.doneAt ? 'arrived' : 'walking',
          ...{ from: dayOf(latest.fromDay), to: dayOf(latest.toDay), reached: dayOf(latest.reached) },
        }
      : null,
  };
}

async function dayAfter({ db }: Ctx['deps'], schoolId: string, today: string): Promise<string | null> {
  try {
    return nextSchoolDay(await calendarOf(db, schoolId), today);
  } catch (error) {
    if (error instanceof CalendarEnds) return null;
    throw error;
  }
}

/**
 * Lets the clock walk, one walk at a time; the asking's key is the walk's.
 * @throws Refusal('NotAllowed') for a day that is past or beyond the calendar, or while it walks already.
 */
export async function walk({ deps, user, key }: Asking & Pick<Ctx, 'key'>, asked: z.infer<typeof Walk>): Promise<void> {
  const school = await trainingSchoolOf(deps.db, user);
  const today = dayOf(school.today);
  const [latest] = await clockSteps(deps.db, school.id);
  if (latest?.id === key && latest.doneAt) return;
  if (latest && latest.id !== key && !latest.doneAt && !latest.failed) {
    // It may never have begun, if the engine was away then: this starts it, and a walk that runs already is left alone.
    await deps.matters.walkClock({ schoolId: school.id, stepId: latest.id });
    throw new Refusal('NotAllowed', 'The clock is walking already: wait until it has arrived');
  }
  const calendar = await calendarOf(deps.db, school.id);
  const to = asked.how === 'to' ? asked.to : await dayAfter(deps, school.id, today);
  if (to === null || calendar.days.every((one) => one < to))
    throw new Refusal('NotAllowed', 'The school calendar ends before that day');
  if (to <= today) throw new Refusal('NotAllowed', 'Choose a day after today: the clock only goes forward');
  await addClockStep(deps.db, { id: key, schoolId: school.id, from: today, to });
  await deps.matters.walkClock({ schoolId: school.id, stepId: key });
}
