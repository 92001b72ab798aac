import { Refusal } from '../refusal.ts';
import { isBankHoliday } from './bank-holidays.ts';
import { addDays, type Day, isDay, longDay, mondayOf, weekday } from './day.ts';

/** A stretch of days, both ends included. Terms are when school is open; the others take days out of them. */
export type Period = { kind: 'term' | 'half-term' | 'inset' | 'closure'; from: Day; to: Day; label: string };

/** A school's days, in order. Built once from its periods, then only read. */
export type SchoolCalendar = {
  readonly days: readonly Day[];
  readonly terms: readonly Period[];
  readonly halfTerms: readonly Period[];
};

/** The calendar ends before the day that was asked for: someone has to add the next terms. */
export class CalendarEnds extends Error {
  override readonly name = 'CalendarEnds';
}

/**
 * Every weekday of a term that is no half-term, INSET day, closure or bank holiday (England and Wales).
 * @throws Refusal('BadInput') for a period that ends before it begins, or whose dates are none.
 */
export function schoolCalendar(periods: readonly Period[]): SchoolCalendar {
  periods.forEach(mustBeInOrder);
  const inOrder = (of: Period['kind']) => periods.filter(({ kind }) => kind === of).sort((a, b) => (a.from < b.from ? -1 : 1));
  const terms = inOrder('term');
  const out = periods.filter(({ kind }) => kind !== 'term');
  const closed = (day: Day) => weekday(day) > 5 || isBankHoliday(day) || out.some(({ from, to }) => from <= day && day <= to);
  const days = new Set<Day>();
  for (const { from, to } of terms) {
    for (let day = from; day <= to; day = addDays(day, 1)) if (!closed(day)) days.add(day);
  }
  return { days: [...days].sort(), terms, halfTerms: inOrder('half-term') };
}

function mustBeInOrder({ label, from, to }: Period): void {
  if (isDay(from) && isDay(to) && from <= to) return;
  throw new Refusal(
    'BadInput',
    `"${label}" runs from ${from} to ${to}: write real dates as year-month-day, the earlier one first`,
  );
}

/** How many school days lie before a day: its place in the calendar, or where it would be. */
function placeOf({ days }: SchoolCalendar, day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as Day) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

export const isSchoolDay = (cal: SchoolCalendar, day: Day): boolean => cal.days[placeOf(cal, day)] === day;

/**
 * The first school day after a day.
 * @throws CalendarEnds if the school's terms end before it.
 */
export const nextSchoolDay = (cal: SchoolCalendar, day: Day): Day => at(cal, placeOf(cal, addDays(day, 1)), day);

/**
 * The day that is so many school days on. With `startCounted` the start is the first of them if it is a school day, so
 * that ten school days from a Monday end on the Friday of the next week; without it counting begins the day after.
 * No days on (0) is the day itself, school day or not.
 * @throws CalendarEnds if the school's terms end before it.
 */
export function addSchoolDays(cal: SchoolCalendar, day: Day, n: number, { startCounted = false } = {}): Day {
  if (n <= 0) return day;
  const first = placeOf(cal, startCounted ? day : addDays(day, 1));
  return at(cal, first + n - 1, day);
}

function at({ days }: SchoolCalendar, place: number, from: Day): Day {
  const day = days[place];
  if (day) return day;
  const last = days.at(-1);
  throw new CalendarEnds(
    `The school calendar ends ${last ? `on ${longDay(last)}` : 'before it begins'}, too early to count school days from ${longDay(from)}. Add the next terms to the calendar`,
  );
}

/** The school days from one day to another, both included if they are school days. */
export const schoolDaysBetween = (cal: SchoolCalendar, from: Day, to: Day): Day[] =>
  from > to ? [] : cal.days.slice(placeOf(cal, from), placeOf(cal, addDays(to, 1)));

/** The Mondays of the school weeks between two days. A school week is a week with at least one school session (WT24 ch 6). */
export const schoolWeeks = (cal: SchoolCalendar, from: Day, to: Day): Day[] => [
  ...new Set(schoolDaysBetween(cal, from, to).map(mondayOf)),
];

/** The Mondays of the last n school weeks, the week of `endDay` included if it has a school day up to `endDay`. Oldest first. */
export function lastSchoolWeeks(cal: SchoolCalendar, endDay: Day, n: number): Day[] {
  const weeks: Day[] = [];
  for (let place = placeOf(cal, addDays(endDay, 1)) - 1; place >= 0; place--) {
    const monday = mondayOf(cal.days[place] as Day);
    if (weeks[0] === monday) continue;
    if (weeks.length === n) break;
    weeks.unshift(monday);
  }
  return weeks;
}

/** The first day of the school year that a day belongs to: 1 September. */
export const schoolYearStart = (day: Day): Day => `${yearBegun(day)}-09-01`;

/** "2026/27" */
export const schoolYearOf = (day: Day): string => `${yearBegun(day)}/${String((yearBegun(day) + 1) % 100).padStart(2, '0')}`;

const yearBegun = (day: Day): number => Number(day.slice(0, 4)) - (day.slice(5, 7) < '09' ? 1 : 0);

/** The term a day falls in, its holidays included; undefined between terms. */
export const termOf = ({ terms }: SchoolCalendar, day: Day): Period | undefined =>
  terms.find(({ from, to }) => from <= day && day <= to);
