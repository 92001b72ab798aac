import { type Day, londonDay, londonTime } from '../policy/calendar/day.ts';
import type { Db } from './client.ts';
import { dayOf } from './day-column.ts';

/** The school's date: a training school has one of its own; any other lives by the wall clock in London. */
export function todayAt(school: { training: boolean; today: Date | null }, now: number): Day {
  return school.training && school.today ? dayOf(school.today) : londonDay(now);
}

/** The time of the day in London. A training school's clock steps by days: it has none. */
export const timeAt = (school: { training: boolean; today: Date | null }, now: number): string | undefined =>
  school.training && school.today ? undefined : londonTime(now);

/** The schools of an authority, by their date: one that lives by the wall clock has another than one in training. */
export async function schoolsByDate(db: Db, authorityId: string, now: number): Promise<ReadonlyMap<Day, readonly string[]>> {
  const schools = await db.school.findMany({ where: { authorityId }, select: { id: true, training: true, today: true } });
  const byDate = new Map<Day, string[]>();
  for (const school of schools) {
    const on = todayAt(school, now);
    byDate.set(on, [...(byDate.get(on) ?? []), school.id]);
  }
  return byDate;
}

/**
 * The authority's own date, from which something is planned there: the wall clock's, unless all of its schools are in training. Then
 * it is the earliest of theirs, so that nothing is taken to be over that is still to come at one.
 */
export async function todayAtAuthority(db: Db, authorityId: string, now: number): Promise<Day> {
  const real = await db.school.count({ where: { authorityId, training: false } });
  const dates = real > 0 ? [] : [...(await schoolsByDate(db, authorityId, now)).keys()];
  return dates.sort()[0] ?? londonDay(now);
}
