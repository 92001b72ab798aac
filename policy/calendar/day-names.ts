import { remembered } from '../remembered.ts';
import { addDays, type Day, mondayOf } from './day.ts';
import { type SchoolCalendar, schoolDaysBetween } from './school-calendar.ts';

/** The places in a school's calendar that a policy gives a name. */
export const dayNames = [
  'first of a term',
  'last of a term',
  'first of a half-term',
  'last of a half-term',
  'first of a school week',
  'last of a school week',
] as const;
export type DayName = (typeof dayNames)[number];

/** True if a day is the school day of this name. What is called a half-term here is half a term, not its holiday. */
export const dayIs = (cal: SchoolCalendar, day: Day, name: DayName): boolean => daysNamed(cal, name).includes(day);

/** The next day of this name after a day; null if the calendar ends before it. */
export const nextDayOf = (cal: SchoolCalendar, after: Day, name: DayName): Day | null =>
  daysNamed(cal, name).find((day) => day > after) ?? null;

const daysOf = remembered((_cal: SchoolCalendar) => new Map<DayName, readonly Day[]>());

/** The days of a calendar that bear this name, in order. */
function daysNamed(cal: SchoolCalendar, name: DayName): readonly Day[] {
  const known = daysOf(cal).get(name);
  if (known) return known;
  const days = [...new Set(placesOf(cal, name).flatMap(({ from, to }) => endOf(cal, name, from, to) ?? []))].sort();
  daysOf(cal).set(name, days);
  return days;
}

/** True from one day of the year to another, both included; over New Year if the first is the later. */
export function inPartOfYear(day: Day, from: string, to: string): boolean {
  const now = day.slice(5);
  return from <= to ? from <= now && now <= to : from <= now || now <= to;
}

type Stretch = { from: Day; to: Day };

function placesOf(cal: SchoolCalendar, name: DayName): Stretch[] {
  if (name.endsWith('school week')) return [...new Set(cal.days.map(mondayOf))].map((from) => ({ from, to: addDays(from, 6) }));
  return name.endsWith('half-term') ? cal.terms.flatMap((term) => halvesOf(cal, term)) : [...cal.terms];
}

/** The parts of a term before, between and after its half-term holidays, in order. */
export function halvesOf({ halfTerms }: SchoolCalendar, term: Stretch): Stretch[] {
  const breaks = halfTerms.filter(({ from }) => term.from <= from && from <= term.to);
  const starts = [term.from, ...breaks.map(({ to }) => addDays(to, 1))];
  const ends = [...breaks.map(({ from }) => addDays(from, -1)), term.to];
  return starts.map((from, i) => ({ from, to: ends[i] ?? term.to }));
}

function endOf(cal: SchoolCalendar, name: DayName, from: Day, to: Day): Day | null {
  const days = schoolDaysBetween(cal, from, to);
  return (name.startsWith('first') ? days[0] : days.at(-1)) ?? null;
}

/** The half-term that ended last before a day: its first and its last school day; null if the calendar has none. */
export function halfTermBefore(cal: SchoolCalendar, day: Day): { from: Day; until: Day } | null {
  const ended = cal.terms.flatMap((term) => halvesOf(cal, term)).filter(({ to }) => to < day);
  const days = ended.length === 0 ? [] : schoolDaysBetween(cal, ended.at(-1)?.from ?? day, ended.at(-1)?.to ?? day);
  const [from, until] = [days[0], days.at(-1)];
  return from !== undefined && until !== undefined ? { from, until } : null;
}
