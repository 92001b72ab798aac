import { foundOnce } from '../found-once.ts';
import { Refusal } from '../refusal.ts';
import { remembered } from '../remembered.ts';
import { isBankHoliday, isWorkingDay } from './bank-holidays.ts';
import { addDays, type Day, isDay, longDay, mondayOf, weekday } from './day.ts';
import { closesTo, type Period, type Place } from './period.ts';

/** A school's days, in order. Built once from its periods, then only read. */
export type SchoolCalendar = {
  /** The days on which whoever it is for has school. */
  readonly days: readonly Day[];
  /** The days on which the school meets at all: what makes a week a school week. */
  readonly met: readonly Day[];
  readonly terms: readonly Period[];
  readonly halfTerms: readonly Period[];
  /** Every closure, also those of a part of the school. */
  readonly closures: readonly Period[];
  /** School days are counted on past the last term, provisionally. */
  readonly goesOn?: boolean;
};

/** The calendar ends before the day that was asked for: someone has to add the next terms. */
export class CalendarEnds extends Refusal {
  constructor(message: string) {
    super('NotAllowed', message);
  }
}

/**
 * Every weekday of a term that is no half-term, INSET day, closure or bank holiday (England and Wales). What closes a part of
 * the school takes no day from the school: `calendarFor` takes it from the pupils it keeps away.
 * @throws Refusal('BadInput') for a period that ends before it begins, or whose dates are none.
 */
export function schoolCalendar(periods: readonly Period[]): SchoolCalendar {
  periods.forEach(mustBeInOrder);
  const inOrder = (of: Period['kind']) => periods.filter(({ kind }) => kind === of).sort((a, b) => (a.from < b.from ? -1 : 1));
  const terms = inOrder('term');
  const out = periods.filter(({ kind, covers }) => kind !== 'term' && covers === undefined);
  const closed = (day: Day) => weekday(day) > 5 || isBankHoliday(day) || out.some(({ from, to }) => from <= day && day <= to);
  const days = new Set<Day>();
  for (const { from, to } of terms) {
    for (let day = from; day <= to; day = addDays(day, 1)) if (!closed(day)) days.add(day);
  }
  const open = [...days].sort();
  return { days: open, met: open, terms, halfTerms: inOrder('half-term'), closures: inOrder('closure') };
}

/**
 * The calendar of the pupils of a year group and class: without the days on which the school was closed to them, which are no
 * possible sessions of theirs (Y3, Y4 or # in the register). A week in which the school met stays a school week.
 */
export function calendarFor(school: SchoolCalendar, place: Place): SchoolCalendar {
  const away = school.closures.filter((closure) => closure.covers !== undefined && closesTo(closure, place));
  if (away.length === 0) return school;
  return { ...school, days: school.days.filter((day) => !away.some(({ from, to }) => from <= day && day <= to)) };
}

/**
 * The same calendar for dates that may move when the next terms are put in: past its last day it counts weekdays that are no bank
 * holiday, the summer holidays left out. What is promised to a family is counted with terms that are known.
 */
export const goingOn = remembered((calendar: SchoolCalendar): SchoolCalendar => ({ ...calendar, goesOn: true }));

/** The calendar as far as its terms are known: to count beyond them throws. */
export const asKnown = (calendar: SchoolCalendar): SchoolCalendar => ({ ...calendar, goesOn: false });

/** True of a day past the last day of school that is known: what is counted to it moves when the next terms are put in. */
export const isProvisional = ({ days }: Pick<SchoolCalendar, 'days'>, day: Day): boolean => day > (days.at(-1) ?? '');

/** Schools in England have no term from the fourth week of July to the end of August. */
const mayBeSchoolDay = (day: Day): boolean => isWorkingDay(day) && (day.slice(5) < '07-22' || day.slice(5) > '08-31');

/** The days of closures of the whole school, whatever they are otherwise. */
export function closedDays({ closures }: SchoolCalendar): ReadonlySet<Day> {
  const days = new Set<Day>();
  for (const { from, to, covers } of closures)
    for (let day = from; covers === undefined && day <= to; day = addDays(day, 1)) days.add(day);
  return days;
}

function mustBeInOrder({ label, from, to }: Period): void {
  if (isDay(from) && isDay(to) && from <= to) return;
  throw new Refusal(
    'BadInput',
    `"${label}" runs from ${from} to ${to}: write real dates as year-month-day, the earlier one first`,
  );
}

/** How many of these days, in order, lie before a day: its place among them, or where it would be. */
export function placeOf(days: readonly Day[], day: Day): number {
  let low = 0;
  let high = days.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((days[middle] as Day) < day) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** How many of these days, in order, lie before the end of a day. */
export function placeAfter(days: readonly Day[], day: Day): number {
  let place = placeOf(days, day);
  while (days[place] === day) place++;
  return place;
}

export const isSchoolDay = ({ days, goesOn = false }: SchoolCalendar, day: Day): boolean =>
  days[placeOf(days, day)] === day || (goesOn && mayBeSchoolDay(day) && day > (days.at(-1) ?? ''));

/**
 * The first school day after a day.
 * @throws CalendarEnds if the school's terms end before it.
 */
export const nextSchoolDay = (cal: SchoolCalendar, day: Day): Day => at(cal, placeAfter(cal.days, day), day);

/**
 * The day that is so many school days on. With `startCounted` the start is the first of them if it is a school day, so
 * that ten school days from a Monday end on the Friday of the next week; without it counting begins the day after.
 * No days on (0) is the day itself, school day or not.
 * @throws CalendarEnds if the school's terms end before it.
 */
export function addSchoolDays(cal: SchoolCalendar, day: Day, n: number, { startCounted = false } = {}): Day {
  if (n <= 0) return day;
  const first = startCounted ? placeOf(cal.days, day) : placeAfter(cal.days, day);
  return at(cal, first + n - 1, startCounted ? addDays(day, -1) : day);
}

/**
 * The Monday of the school week that is so many such weeks after the week of a day.
 * @throws CalendarEnds if the school's terms end before it.
 */
export function addSchoolWeeks(cal: SchoolCalendar, day: Day, n: number): Day {
  const monday = mondayOf(day);
  if (n <= 0) return monday;
  const { mondays } = mondaysOf(cal.met);
  const place = placeAfter(mondays, monday) + n - 1;
  return mondays[place] ?? past(cal, mondays, place, { after: monday, next: nextWeek });
}

/** The day at this place; `after` is the last one that is not counted. */
const at = (cal: SchoolCalendar, place: number, after: Day): Day =>
  cal.days[place] ?? past(cal, cal.days, place, { after, next: nextDay });

type Counting = { after: Day; next: (after: Day) => Day };

/** What would stand at a place behind the last of those that are known. */
function past({ days, goesOn }: SchoolCalendar, known: readonly Day[], place: number, { after, next }: Counting): Day {
  if (!goesOn) return ended(days, after);
  const last = known.at(-1);
  let on = last !== undefined && last > after ? last : after;
  for (let left = place - known.length + 1; left > 0; left--) on = next(on);
  return on;
}

function nextDay(after: Day): Day {
  let day = addDays(after, 1);
  while (!mayBeSchoolDay(day)) day = addDays(day, 1);
  return day;
}

const nextWeek = (monday: Day): Day => mondayOf(nextDay(addDays(monday, 6)));

function ended(days: readonly Day[], from: Day): never {
  const last = days.at(-1);
  throw new CalendarEnds(
    `The school calendar ends ${last ? `on ${longDay(last)}` : 'before it begins'}, too early to count school days from ${longDay(from)}. Add the next terms to the calendar`,
  );
}

const within = (days: readonly Day[], from: Day, to: Day): Day[] => days.slice(placeOf(days, from), placeAfter(days, to));

/** The school days from one day to another, both included if they are school days. */
export const schoolDaysBetween = (cal: SchoolCalendar, from: Day, to: Day): Day[] =>
  from > to ? [] : within(cal.days, from, to);

/** The Mondays of the school weeks between two days. A school week is a week with at least one school session (WT24 ch 6). */
export const schoolWeeks = ({ met }: SchoolCalendar, from: Day, to: Day): Day[] =>
  from > to ? [] : [...new Set(within(met, from, to).map(mondayOf))];

type Weeks = { mondays: Day[]; ofDay: number[] };

/** The weeks in which these days lie, and for each day which of them. */
const mondaysOf = remembered((days: readonly Day[]): Weeks => {
  const weeks: Weeks = { mondays: [], ofDay: [] };
  for (const day of days) {
    const monday = mondayOf(day);
    if (weeks.mondays.at(-1) !== monday) weeks.mondays.push(monday);
    weeks.ofDay.push(weeks.mondays.length - 1);
  }
  return weeks;
});

/** The Mondays of the last n school weeks, the week of `endDay` included if it has a school day up to `endDay`. Oldest first. */
export function lastSchoolWeeks({ met }: SchoolCalendar, endDay: Day, n: number): Day[] {
  const last = placeOf(met, endDay);
  const end = met[last] === endDay ? last : last - 1;
  const weeks = mondaysOf(met);
  const of = end < 0 ? -1 : (weeks.ofDay[end] ?? -1);
  return weeks.mondays.slice(Math.max(0, of + 1 - n), of + 1);
}

/** The first day of the school year that a day belongs to: 1 September. */
export const schoolYearStart = foundOnce((day: Day): Day => `${yearBegun(day)}-09-01`);

/** "2026/27" */
export const schoolYearOf = (day: Day): string => `${yearBegun(day)}/${String((yearBegun(day) + 1) % 100).padStart(2, '0')}`;

const yearBegun = (day: Day): number => Number(day.slice(0, 4)) - (day.slice(5, 7) < '09' ? 1 : 0);

/** The term a day falls in, its holidays included; undefined between terms. */
export const termOf = ({ terms }: SchoolCalendar, day: Day): Period | undefined =>
  terms.find(({ from, to }) => from <= day && day <= to);
