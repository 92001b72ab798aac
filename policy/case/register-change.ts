import type { Day } from '../calendar/day.ts';
import { schoolYearStart } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import {
  absenceMoves,
  becameEnough,
  crossed,
  ladderCuts,
  looksAtAbsences,
  looksAtAnyMark,
  looksAtEveryMark,
  looksAtLates,
  mayOpen,
  restsOnTotals,
} from '../pack/thresholds.ts';
import { type Fraction, type Hundredths, isAtLeast } from '../register/fraction.ts';
import { remembered } from '../remembered.ts';

/** A pupil's sessions of the school year, before the register changed and after it; and whether a late came in. */
export type Change = { before: Fraction; after: Fraction; late: boolean };

/** What decides whether an open case is told: what it waits for, and what its policy leaves out of this pupil's attendance. */
export type Listening = {
  waitsForMarks: boolean;
  /** The rules beside the ladder that are so. */
  rulesSo: readonly string[];
  /** The pupil has sessions that an adjusted attendance leaves out: what is counted of all of them says nothing of it. */
  adjusted: boolean;
  /** A mark that the case may rest on was corrected, or what is known of the pupil. */
  corrected: boolean;
};

/**
 * Whether an open case is told that the register changed: its pupil crossed a threshold, a mark was corrected, it waits for marks,
 * or its policy looks at more than the totals of the year.
 */
export function isTold(pack: Pack, { waitsForMarks, rulesSo, adjusted, corrected }: Listening, change: Change): boolean {
  if (corrected || waitsForMarks || crossed(pack, change.before, change.after)) return true;
  if (looksAtEveryMark(adjusted ? pack : asMarked(pack))) return true;
  const mayEnd = rulesSo.some((name) => !restsOnTotals(pack, name));
  return absenceMoves(pack) && (mayEnd || mayBegin(pack, change));
}

const asMarked = remembered((pack: Pack): Pack => ({ ...pack, figures: { ...pack.figures, attendance: 'as marked' } }));

/**
 * What of the policy is looked at for a pupil without an open case. Whose attendance is adjusted always is: the totals of the year
 * say nothing of it, and whether a closed case stays closed is for the rules of the case. Who had none this school year is looked
 * at wherever one may open; who had one, when attendance comes to where the policy opens a case, or falls below the next threshold of its ladder, or
 * by ten points below the last: a case that was closed stays closed while attendance stays. Else, if a session was missed, a late counts,
 * the sessions became enough for a figure, or a mark was corrected, which may miss no more and yet count otherwise, what stands beside
 * the ladder.
 */
export function looksAt(
  pack: Pack,
  change: Change,
  { hadCase, adjusted, corrected }: { hadCase: boolean } & Pick<Listening, 'adjusted' | 'corrected'>,
): 'all' | 'beside' | null {
  const { before, after } = change;
  if (adjusted && pack.figures.attendance === 'adjusted') return 'all';
  if (hadCase ? placeAt(pack, after) < placeAt(pack, before) : mayOpen(pack, after)) return 'all';
  return looksAtAbsences(pack) && (corrected || mayBegin(pack, change)) ? 'beside' : null;
}

/** True of a closed case that began in the school year of a day, or was looked at in it until it was closed. */
export const isOfThisYear = ({ openedOn, closedOn }: { openedOn: Day; closedOn: Day }, on: Day): boolean =>
  openedOn >= schoolYearStart(on) || closedOn >= schoolYearStart(on);

/** Between which thresholds of the ladder an attendance of the year lies: the more of them it reaches, the better. */
export const placeAt = (pack: Pack, f: Fraction): number =>
  f.possible < pack.figures['at least'] ? Number.POSITIVE_INFINITY : places(pack).filter((from) => isAtLeast(f, from)).length;

/** Below its lowest threshold a ladder tells nothing apart: there each ten points count, so that no fall goes unseen. */
const places = remembered((pack: Pack): Hundredths[] => {
  const cuts = ladderCuts(pack);
  return [...tens.filter((ten) => cuts.every((cut) => ten < cut)), ...cuts];
});

const tens: readonly Hundredths[] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => n * 1000);

/** Whether what stands beside the ladder may have become so. */
const mayBegin = (pack: Pack, change: Change): boolean =>
  missedMore(change) ||
  (change.late && looksAtLates(pack)) ||
  looksAtAnyMark(pack) ||
  becameEnough(pack, change.before, change.after);

/** Of the sessions that came in, at least one was missed. */
const missedMore = ({ before, after }: Change): boolean => after.possible - after.attended > before.possible - before.attended;
