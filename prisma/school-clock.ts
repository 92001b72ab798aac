import { type Day, londonDay } from '../policy/calendar/day.ts';
import { dayOf } from './day-column.ts';

/** The school's date: a training school has one of its own; any other lives by the wall clock in London. */
export function todayAt(school: { training: boolean; today: Date | null }, now: number): Day {
  return school.training && school.today ? dayOf(school.today) : londonDay(now);
}
