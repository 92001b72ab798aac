import { type Fraction, isAtLeast, isAtMost, isBelow } from '../register/fraction.ts';
import type { Band } from './clauses.ts';

/** True if attendance lies in a band, whose ends are in it or not as the band declares. */
export const inBand = (band: Band | undefined, attendance: Fraction): boolean =>
  band !== undefined &&
  (band['at least'] === undefined || isAtLeast(attendance, band['at least'])) &&
  (band.above === undefined || !isAtMost(attendance, band.above)) &&
  (band['at most'] === undefined || isAtMost(attendance, band['at most'])) &&
  (band.below === undefined || isBelow(attendance, band.below));
