import { addDays, type Day, mondayOf } from '../calendar/day.ts';
import { lastSchoolWeeks, type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import { lawOn } from '../law/rule-sets.ts';
import type { Fraction } from '../register/fraction.ts';
import { absencesLeftNow } from '../register/measures/absences-left.ts';
import { enoughForAttendance } from '../register/measures/measure.ts';

/** The lines that a pupil may be about to cross. */
export const lines = {
  'below-96': { title: 'Below 96%', short: 'below 96%', says: 'Attendance of the school year so far would be below 96%' },
  persistent: {
    title: '90%, persistent absence',
    short: '90%',
    says: 'Attendance of the school year so far would be 90% or less',
  },
  severe: { title: '50%, severe absence', short: '50%', says: 'Attendance of the school year so far would be 50% or less' },
  'ten-sessions': {
    title: 'Ten sessions of G, N, O or U',
    short: 'ten sessions',
    says: 'The national threshold for considering a penalty notice, ten such sessions in ten school weeks, would be met, if the next ones missed are unauthorised',
  },
} as const;

export type Line = keyof typeof lines;
export const lineNames = Object.keys(lines) as Line[];

/** How many sessions of G, N, O or U a pupil has in each school week, by its Monday. */
export type WeeklyCounts = ReadonlyMap<Day, number>;

/**
 * How many of the sessions that follow a day a pupil can miss without authority before the national threshold for
 * considering a penalty notice is met; null if it is met, or if the rules of the day have none. As `penaltyNoticeWindow`
 * counts: the window of a session is its school week and the nine before it.
 */
export function leftBeforeThreshold(cal: SchoolCalendar, on: Day): (counts: WeeklyCounts) => number | null {
  const rule = lawOn(on).threshold.value;
  if (!rule) return () => null;
  const weeksTo = (day: Day) => lastSchoolWeeks(cal, addDays(mondayOf(day), 6), rule.schoolWeeks);
  const next = nextSessions(cal, on, rule.sessions);
  // What comes once the calendar ends is counted with the last week that is known.
  const windows = Array.from({ length: rule.sessions }, (_, i) => weeksTo(next[i] ?? next.at(-1) ?? on));
  const sum = (counts: WeeklyCounts, weeks: readonly Day[]) => weeks.reduce((total, week) => total + (counts.get(week) ?? 0), 0);
  return (counts) => {
    const newest = [...counts.keys()].sort().at(-1);
    if (newest !== undefined && sum(counts, weeksTo(newest)) >= rule.sessions) return null;
    return windows.findIndex((weeks, i) => sum(counts, weeks) + i + 1 >= rule.sessions);
  };
}

/** The days of the next n sessions, two a school day; fewer if the calendar ends. No holiday is as long as this looks ahead. */
const nextSessions = (cal: SchoolCalendar, on: Day, n: number): Day[] =>
  schoolDaysBetween(cal, addDays(on, 1), addDays(on, 120))
    .flatMap((day) => [day, day])
    .slice(0, n);

export type Left = Record<Line, number | null>;

/** How many of the next sessions a pupil can miss in a row before each line is crossed; null if it is. */
export function sessionsLeft(cal: SchoolCalendar, on: Day): (standing: { now: Fraction; counts: WeeklyCounts }) => Left {
  const beforeThreshold = leftBeforeThreshold(cal, on);
  return ({ now, counts }) => ({
    'below-96': absencesLeftNow(now, { below: 9_600 }),
    persistent: absencesLeftNow(now, { 'at most': 9_000 }),
    severe: absencesLeftNow(now, { 'at most': 5_000 }),
    'ten-sessions': beforeThreshold(counts),
  });
}

/** Whether so many missed sessions or fewer bring a pupil over a line. A percentage of few possible sessions says nothing. */
export function aboutToCross(line: Line, { now, left }: { now: Fraction; left: Left }, within: number): boolean {
  const n = left[line];
  return n !== null && n < within && (line === 'ten-sessions' || now.possible >= enoughForAttendance);
}
