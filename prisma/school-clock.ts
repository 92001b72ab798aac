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

/** The authority's date: the latest of its schools', for a training school's clock takes its officers along. */
export async function todayAtAuthority(db: Db, authorityId: string, now: number): Promise<Day> {
  const schools = await db.school.findMany({ where: { authorityId }, select: { training: true, today: true } });
  return (
    schools
      .map((school) => todayAt(school, now))
      .sort()
      .at(-1) ?? londonDay(now)
  );
}
