import { addDays, type Day, mondayOf } from '../calendar/day.ts';
import { lastSchoolWeeks, type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import { ruleSetOn } from '../law/rule-sets.ts';
import type { Fraction, Hundredths } from '../register/fraction.ts';

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
    says: 'The national threshold for considering a penalty notice: ten such sessions in ten school weeks, if the next ones missed are unauthorised',
  },
} as const;

export type Line = keyof typeof lines;
export const lineNames = Object.keys(lines) as Line[];

/** How many sessions missed one after the other bring attendance below a percentage: 1 if the next one does, 0 if it is there. */
export const missesUntilBelow = ({ attended, possible }: Fraction, below: Hundredths): number =>
  Math.max(0, Math.floor((attended * 10_000) / below) - possible + 1);

/** The same until attendance is at most a percentage. */
export const missesUntilAtMost = ({ attended, possible }: Fraction, atMost: Hundredths): number =>
  Math.max(0, Math.ceil((attended * 10_000) / atMost) - possible);

/** How many sessions of G, N, O or U a pupil has in each school week, by its Monday. */
export type WeeklyCounts = ReadonlyMap<Day, number>;

/**
 * How many of the sessions that follow a day a pupil can miss without authority until the national threshold for
 * considering a penalty notice is met: 0 if it is met, null if no rule has such a threshold or the calendar ends too soon.
 * The window of a session is its school week and the nine before it, as `penaltyNoticeWindow` counts.
 */
export function missesUntilThreshold(cal: SchoolCalendar, on: Day): (counts: WeeklyCounts) => number | null {
  const rule = ruleSetOn(on).threshold.value;
  if (!rule) return () => null;
  const weeksTo = (day: Day) => lastSchoolWeeks(cal, addDays(mondayOf(day), 6), rule.schoolWeeks);
  const windows = nextSessions(cal, on, rule.sessions).map(weeksTo);
  const sum = (counts: WeeklyCounts, weeks: readonly Day[]) => weeks.reduce((total, week) => total + (counts.get(week) ?? 0), 0);
  return (counts) => {
    const newest = [...counts.keys()].sort().at(-1);
    if (newest !== undefined && sum(counts, weeksTo(newest)) >= rule.sessions) return 0;
    const n = windows.findIndex((weeks, i) => sum(counts, weeks) + i + 1 >= rule.sessions);
    return n < 0 ? null : n + 1;
  };
}

/** The next n sessions' days, two a school day; fewer if the calendar ends. No school holiday is as long as this looks ahead. */
const nextSessions = (cal: SchoolCalendar, on: Day, n: number): Day[] =>
  schoolDaysBetween(cal, addDays(on, 1), addDays(on, 120))
    .flatMap((day) => [day, day])
    .slice(0, n);

export type Standing = { now: Fraction; counts: WeeklyCounts };
export type Left = Record<Line, number | null>;

/** How far a pupil is from each line, in sessions missed from the next one on. */
export function sessionsLeft(cal: SchoolCalendar, on: Day): (standing: Standing) => Left {
  const untilThreshold = missesUntilThreshold(cal, on);
  return ({ now, counts }) => ({
    'below-96': missesUntilBelow(now, 9_600),
    persistent: missesUntilAtMost(now, 9_000),
    severe: missesUntilAtMost(now, 5_000),
    'ten-sessions': untilThreshold(counts),
  });
}

/**
 * Whether a pupil is about to cross a line: not over it, and within so many missed sessions of it. Of a percentage of fewer
 * possible sessions than `enough` nothing is said.
 */
export function aboutToCross(
  line: Line,
  left: Left,
  now: Fraction,
  { within, enough }: { within: number; enough: number },
): boolean {
  const n = left[line];
  return n !== null && n > 0 && n <= within && (line === 'ten-sessions' || now.possible >= enough);
}
