import type { Day } from '../calendar/day.ts';
import type { Pack } from '../pack/pack.ts';
import type { Assumptions } from './assumptions.ts';
import { type Difference, differenceOf } from './difference.ts';
import { type GroupShown, groupsShown, isTooSmall } from './groups-shown.ts';
import { counting, type Outcome } from './outcome.ts';
import type { SimulatedSchool } from './school.ts';
import { yearOf } from './year.ts';

/** What a simulation came to: one policy, or two and where they part. `until` is the last day of which the register knew. */
export type Report = {
  school: string;
  year: string;
  until: Day;
  assumptions: Assumptions;
  outcomes: Outcome[];
  differences: Difference[];
};

/** The same as it may leave the school: no group, and of no group a number, so small that somebody could be known by it. */
export type ReportShown = Omit<Report, 'outcomes'> & { outcomes: OutcomeShown[] };
export type OutcomeShown = Omit<Outcome, 'groups'> & { groups: GroupShown[] };

type How = { from: Day; to: Day; assumptions: Assumptions };

/** How many pupils are done, and of how many. */
export type Progress = { done: number; of: number };

/**
 * Runs the policies over the same year, one pupil at a time, and compares the first two. It says after each pupil how far it is,
 * and whoever runs it may do something else meanwhile, or stop.
 */
export function* reporting(
  packs: readonly Pack[],
  school: SimulatedSchool,
  how: How,
  of: Pick<Report, 'school' | 'year'>,
): Generator<Progress, Report> {
  const until = lastKnown(school, how);
  const { from, assumptions } = how;
  const { calendar, authority } = school;
  const setting = { calendar, authority, calendarFor: ({ id }: { id: string }) => school.calendarOf(id) };
  // Who joined after the register's last day has no year to be told.
  const pupils = school.pupils.filter(({ onRollFrom }) => onRollFrom <= until);
  const years = packs.map((pack) => ({
    pack,
    counts: counting(pack, assumptions),
    year: yearOf(pupils, { ...setting, pack, assumptions, from, until }),
  }));
  const differences: Difference[] = [];
  for (let done = 1; done <= pupils.length; done++) {
    const [a, b] = years.flatMap(({ pack, year, counts }) => {
      const { value } = year.next();
      if (!value) return [];
      counts.add(value);
      return [{ ...value, pack }];
    });
    const difference = a && b ? differenceOf(a, b) : null;
    if (difference) differences.push(difference);
    yield { done, of: pupils.length };
  }
  return { ...of, until, assumptions, outcomes: years.map(({ counts }) => counts.result()), differences };
}

export const reportShown = ({ outcomes, ...report }: Report): ReportShown => ({
  ...report,
  outcomes: outcomes.map((outcome) => ({ ...outcome, groups: groupsShown(outcome) })),
});

/** The report of which nothing is left to count by, if the school is too small for that; else the same. */
export const takenOut = (report: ReportShown): ReportShown & { tooSmall: boolean } =>
  isTooSmall(report) ? { ...report, outcomes: [], differences: [], tooSmall: true } : { ...report, tooSmall: false };

/** The last school day of which the register knows something: after it a simulation would invent. */
export function lastKnown({ pupils }: Pick<SimulatedSchool, 'pupils'>, { from, to }: Pick<How, 'from' | 'to'>): Day {
  return pupils.reduce((last, { marksOn }) => {
    const newest = marksOn(to).at(-1)?.on ?? from;
    return newest > last ? newest : last;
  }, from);
}
