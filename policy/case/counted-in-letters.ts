import type { Day } from '../calendar/day.ts';
import { halfTermBefore } from '../calendar/day-names.ts';
import { runNow } from '../register/measures/absent-runs.ts';
import { totalsIn } from '../register/measures/totals.ts';
import { pupilRegister } from '../register/pupil-register.ts';
import type { Circumstances } from './circumstances.ts';
import { yearFrom } from './figures.ts';

type Register = Pick<Circumstances, 'on' | 'onRollFrom' | 'onRollTo' | 'calendar' | 'marks'>;

/** The first of the days in a row on which the child is away and nobody has said why; undefined once they are back, or somebody has. */
export const awaySince = (c: Register): Day | undefined => runNow(pupilRegister(c), 'unexplained')?.days[0];

/**
 * The half-term that has ended last, from the day the pupil came, with what they attended of it; undefined if it was of an
 * earlier school year, or none has ended.
 */
export function lastHalfTerm(c: Register): { from: Day; until: Day; attended: number; possible: number } | undefined {
  const found = halfTermBefore(c.calendar, c.on);
  if (found === null || found.until < yearFrom(c)) return undefined;
  const from = found.from < yearFrom(c) ? yearFrom(c) : found.from;
  const { attended, possible } = totalsIn(c.marks, { from, to: found.until });
  return { from, until: found.until, attended, possible };
}
