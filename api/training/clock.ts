import { z } from 'zod';
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
    school: z.object({ id: z.string(), name: z.string() }),
    imported: z.boolean().describe('Its registers come by import; otherwise the clock makes them up'),
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

/** Which school, where there are several. */
const Named = z.string().optional();
export const Which = z.object({ school: Named });

export const Walk = z
  .discriminatedUnion('how', [
    z.strictObject({ school: Named, how: z.literal('next') }),
    z.strictObject({ school: Named, how: z.literal('to'), to: z.iso.date('Enter the date to go to, as a real date') }),
  ])
  .meta({ id: 'Walk' });

/**
 * The school whose clock is meant.
 * @throws Refusal('BadInput') if there are several and none is named.
 */
async function oneSchool({ deps, user }: Asking, id: string | undefined) {
  const { school, schools } = await trainingSchoolOf(deps.db, user, id);
  if (school) return school;
  throw new Refusal('BadInput', `Choose the school whose clock is meant: ${schools.map((one) => one.id).join(', ')}`);
}

/** What the clock's page and a machine both say of it. */
export async function clockFacts(ctx: Asking, id: string | undefined): Promise<z.infer<typeof Clock>> {
  const { deps } = ctx;
  const school = await oneSchool(ctx, id);
  const [latest] = await clockSteps(deps.db, school.id);
  const today = dayOf(school.today);
  return {
    school: { id: school.id, name: school.name },
    imported: school.seed === null,
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

/** The next school day; null when the calendar ends. */
const dayAfter = async ({ db }: Ctx['deps'], schoolId: string, today: string): Promise<string | null> =>
  (await calendarOf(db, schoolId)).days.find((one) => one > today) ?? null;

/**
 * Lets the clock of a school walk, one walk at a time; the asking's key is the walk's.
 * @returns the school's id
 * @throws Refusal('NotAllowed') for a day that is past or beyond the calendar, or while it walks already.
 */
export async function walk(ctx: Asking & Pick<Ctx, 'key'>, asked: z.infer<typeof Walk>): Promise<string> {
  const { deps, key } = ctx;
  const school = await oneSchool(ctx, asked.school || undefined);
  const today = dayOf(school.today);
  const [latest] = await clockSteps(deps.db, school.id);
  if (latest?.id === key && latest.doneAt) return school.id;
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
  // What a walk could not finish the next one does first: its day has come, but not all of its register or its news.
  const reached = latest?.failed ? dayOf(latest.reached) : today;
  await addClockStep(deps.db, { id: key, schoolId: school.id, from: today, to, reached });
  await deps.matters.walkClock({ schoolId: school.id, stepId: key });
  return school.id;
}
