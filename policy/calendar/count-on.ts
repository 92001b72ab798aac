import { addWorkingDays } from './bank-holidays.ts';
import { addDays, type Day, weekday } from './day.ts';
import { addSchoolDays, addSchoolWeeks, type SchoolCalendar } from './school-calendar.ts';

export const units = ['school day', 'working day', 'day', 'school week', 'week', 'hour', 'minute'] as const;
export type Unit = (typeof units)[number];

/** A length of time as a policy says it: 2 weeks, 10 school days, 1 hour. Weeks and days by the calendar unless they say "school". */
export type Duration = { n: number; unit: Unit };

/**
 * The day that is so long after a day, which is not counted itself. School weeks pass over the weeks without school and end on
 * the same weekday; hours and minutes end on the day itself.
 * @throws CalendarEnds if the school's terms end before it.
 */
export function countOn(cal: SchoolCalendar, from: Day, { n, unit }: Duration): Day {
  switch (unit) {
    case 'school day':
      return addSchoolDays(cal, from, n);
    case 'working day':
      return addWorkingDays(from, n);
    case 'day':
      return addDays(from, n);
    case 'week':
      return addDays(from, 7 * n);
    case 'school week':
      return schoolWeeksOn(cal, from, n);
    case 'hour':
    case 'minute':
      return from;
  }
}

/**
 * The last day of a period of this length that begins with a day, which is counted: from a Monday, two weeks end on a Sunday and
 * ten school days on the Friday before it.
 * @throws CalendarEnds if the school's terms end before it.
 */
export const lastDayOf = (cal: SchoolCalendar, from: Day, duration: Duration): Day =>
  duration.unit === 'school day'
    ? addSchoolDays(cal, from, duration.n, { startCounted: true })
    : countOn(cal, addDays(from, -1), duration);

/** The same weekday, so many weeks with school later. */
const schoolWeeksOn = (cal: SchoolCalendar, from: Day, n: number): Day =>
  addDays(addSchoolWeeks(cal, from, n), weekday(from) - 1);

/** "10 school days", "1 week" */
export const durationSaid = ({ n, unit }: Duration): string => `${n} ${unit}${n === 1 ? '' : 's'}`;
