import { type Day, endOfDay, shortDay } from '../../policy/calendar/day.ts';
import { Refusal } from '../../policy/refusal.ts';
import { schoolOf } from '../../prisma/pupils.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import type { Ctx } from '../web/route.ts';

export type Asking = Pick<Ctx, 'deps' | 'user' | 'at'>;

/** `knownOn`: as the register was known at the end of that day; without it, as it is known now. */
export type Known = { knownOn?: Day | undefined };

/**
 * Who asks, of which school, at which of its dates. `today` is the day at whose end the register is looked at.
 * @throws Refusal('BadInput') for a day that has not come.
 */
export async function asking({ deps, user, at }: Asking, { knownOn }: Known) {
  const school = await schoolOf(deps.db, user);
  const now = todayAt(school, at);
  if (knownOn !== undefined) notToCome(knownOn, now);
  return {
    ...{ db: deps.db, school, schoolId: school.id, today: knownOn ?? now, calendar: await calendarOf(deps.db, school.id) },
    asKnownAt: knownOn === undefined ? undefined : new Date(endOfDay(knownOn)),
  };
}

/** @throws Refusal('BadInput') */
export function notToCome(day: Day, today: Day): void {
  if (day > today) throw new Refusal('BadInput', `${shortDay(day)} is later than ${shortDay(today)}. Choose a day up to then`);
}
