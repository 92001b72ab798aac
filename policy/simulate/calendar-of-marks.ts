import { addDays, type Day, weekday } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { type SchoolCalendar, schoolCalendar } from '../calendar/school-calendar.ts';

/** For so many days after the last mark weekdays are taken for school days: what is due then has to have a date. */
const beyond = 150;

/** The calendar of a school of which only the marks are known: its days are those on which somebody was marked. */
export function calendarOfMarks(marked: Iterable<Day>): SchoolCalendar {
  const days = new Set(marked);
  const [first, last] = [...days].reduce<[Day, Day]>(([a, b], day) => [day < a ? day : a, day > b ? day : b], ['9', '0']);
  if (days.size === 0) return schoolCalendar([]);
  const closed: Period[] = [];
  for (let day = first; day <= last; day = addDays(day, 1))
    if (weekday(day) <= 5 && !days.has(day)) closed.push({ kind: 'closure', from: day, to: day, label: 'Nobody was marked' });
  return schoolCalendar([{ kind: 'term', from: first, to: addDays(last, beyond), label: 'The register' }, ...closed]);
}
