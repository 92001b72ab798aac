import { type Fraction, isBelow, persistentlyAbsent, severelyAbsent } from '../fraction.ts';

/** Where a pupil's attendance stands, worst first. Every fraction of possible sessions is in exactly one. */
export const bands = ['severely absent', 'persistently absent', 'below 96%', '96% or more'] as const;
export type Band = (typeof bands)[number];

/** Half or more missed, a tenth or more, attendance below 96%, or none of these; null of no possible sessions. */
export function bandOf(attendance: Fraction): Band | null {
  if (attendance.possible === 0) return null;
  if (severelyAbsent(attendance)) return 'severely absent';
  if (persistentlyAbsent(attendance)) return 'persistently absent';
  return isBelow(attendance, 9600) ? 'below 96%' : '96% or more';
}
