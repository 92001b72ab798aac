import type { Day } from '../calendar/day.ts';
import { addSchoolDays, CalendarEnds, type SchoolCalendar } from '../calendar/school-calendar.ts';
import { notExpectedCodes } from '../register/code-sets.ts';
import { sicknessCodes } from '../register/codes.ts';
import { illnessDays, illnessProjected, illnessReaches, sicknessDays } from '../register/measures/illness.ts';
import { runsIn } from '../register/measures/runs.ts';
import type { PupilRegister } from '../register/pupil-register.ts';
import { ofSchoolAge } from './attendance-return.ts';

/** School days to come within which an illness that goes on makes somebody look. */
const soon = 10;

/**
 * Sessions of illness that anybody the return may name has: two days in the thirty school days before which no pace is said
 * come to thirteen in a year of 195, and ten more school days bring only somebody with five to fifteen.
 */
export const leastIllness = 3;

/** What the sickness return rests on, for the page that prints it. */
export const sicknessRules = [
  'Pupils of compulsory school age who are recorded as ill (I) and whom the school has reasonable grounds to believe will miss 15 school days in the school year for it, in a row or not (SI 2024/208 reg 13, as local authorities’ codes restate it: second-hand).',
  'Counted are school days that contain an I: a day with one such session is a day, as in the DfE’s own tool.',
  'Expected are those who would come to 15 days by the end of the school year at the pace so far, or within ten school days if the illness of now went on. That is where to look: whether there are reasonable grounds is for a person to say, from what the family and doctors tell the school.',
  'One return is made for a continuous illness in a year: the newest illness of each pupil is named with its days, so that nobody is reported twice for it.',
] as const;

export type Illness = {
  days: number;
  /** The fifteenth day, if it is past. */
  reachedOn: Day | null;
  /** The newest illness without a break, and whether it goes on. */
  newest: { from: Day; to: Day; days: number; goesOn: boolean } | null;
  /** At the pace so far, by the end of the school year; null if it is too early to say, or the calendar lacks a term. */
  projected: number | null;
  /** The day on which the illness of now would make it 15, if it went on. */
  wouldReachOn: Day | null;
  why: 'seen' | 'goes on' | 'pace';
};

/** How ill a pupil was this school year, if the return may name the pupil; null if not. */
export function illnessToReport(register: PupilRegister, born: Day): Illness | null {
  const theirs = ofSchoolAge(register, born);
  const seen = illnessDays.figure(theirs, { over: 'school year' });
  const days = seen.value?.days ?? 0;
  if (days === 0) return null;
  const projected = illnessProjected.figure(theirs, {}).value?.days ?? null;
  const reaches = illnessReaches.figure(theirs, {}).value?.day ?? null;
  const wouldReachOn = days < sicknessDays ? reaches : null;
  const why = reasonFor(theirs, { days, projected, wouldReachOn });
  if (!why) return null;
  const fifteenth = [...new Set(seen.sessions.map(({ id }) => id.slice(0, 10)))][sicknessDays - 1] ?? null;
  return { days, reachedOn: fifteenth, newest: newestIllness(theirs), projected, wouldReachOn, why };
}

function reasonFor(
  { calendar, on }: PupilRegister,
  { days, projected, wouldReachOn }: Pick<Illness, 'days' | 'projected' | 'wouldReachOn'>,
): Illness['why'] | null {
  if (days >= sicknessDays) return 'seen';
  if (wouldReachOn !== null && wouldReachOn <= inSchoolDays(calendar, on, soon)) return 'goes on';
  return projected !== null && projected >= sicknessDays ? 'pace' : null;
}

/** The day so many school days on; the last there is if the calendar ends before it. */
function inSchoolDays(cal: SchoolCalendar, on: Day, n: number): Day {
  try {
    return addSchoolDays(cal, on, n);
  } catch (error) {
    if (error instanceof CalendarEnds) return cal.days.at(-1) ?? on;
    throw error;
  }
}

function newestIllness(register: PupilRegister): Illness['newest'] {
  const run = runsIn(register, { codes: sicknessCodes, passes: notExpectedCodes, morningCounts: true }).at(-1);
  const [from, to] = [run?.days[0], run?.days.at(-1)];
  return run && from && to ? { from, to, days: run.days.length, goesOn: !run.ended } : null;
}
