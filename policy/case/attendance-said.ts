import { type Fraction, shown } from '../register/fraction.ts';
import { leftOutSaid } from '../register/left-out.ts';
import type { Circumstances } from './circumstances.ts';
import { leftOutHere, yearFrom } from './figures.ts';

type Adjusting = Pick<Circumstances, 'pack' | 'settlingIn' | 'partTime' | 'on' | 'onRollFrom'>;

/**
 * What the policy leaves out of this pupil's attendance of the school year, "without 1 Sep 2026 to 11 Sep 2026"; null if it
 * leaves out nothing, so that its figure is the one that the school reports.
 */
export function adjustedHow(c: Adjusting): string | null {
  const out = leftOutHere(c);
  const days = out?.days.filter(({ from, to }) => to >= yearFrom(c) && from <= c.on) ?? [];
  return out === null || days.length === 0 ? null : leftOutSaid({ ...out, days });
}

/** Attendance as a sentence says it: one that is adjusted says so, and how. */
export const attendedSaid = (attendance: Fraction, how: string | undefined): string =>
  how === undefined
    ? `Attended ${attendance.attended} of ${attendance.possible} sessions (${shown(attendance)})`
    : `Adjusted attendance: ${attendance.attended} of ${attendance.possible} sessions (${shown(attendance)}), ${how}`;

/** "Attendance is now 91.2%" */
export const attendanceNowSaid = (attendance: Fraction, c: Adjusting): string =>
  `${adjustedHow(c) === null ? 'Attendance' : 'Adjusted attendance'} is now ${shown(attendance)}`;
