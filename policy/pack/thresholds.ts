import { type Fraction, type Hundredths, isAtLeast, isAtMost, isBelow, isExactly } from '../register/fraction.ts';
import { minimumOf } from '../register/measures/catalogue.ts';
import { remembered } from '../remembered.ts';
import { mayBeginAttended } from './attended-sessions.ts';
import { inBand } from './band.ts';
import { type Condition, conditionsIn } from './condition.ts';
import { conditionsOf } from './conditions-of.ts';
import type { Pack } from './pack.ts';
import { ruleName } from './stage.ts';

/** Every attendance percentage that the pack compares a pupil's year to date with, in hundredths of a percent, rising. */
export const thresholds = remembered((pack: Pack): Hundredths[] => thresholdsIn(pack, asked(pack)));

/**
 * From each of these on, and up to the next, every comparison of the year to date in the pack comes out alike; rising. "At most
 * 96%" tells 96.01% from 96%, "below 96%" tells it from 95.99%.
 */
export const cuts = (pack: Pack): Hundredths[] => cutsIn(pack, asked(pack));

/** The same of what the ladder looks at: not what stands beside every stage. */
export const ladderCuts = (pack: Pack): Hundredths[] => cutsIn(pack, asked({ ...pack, alongside: [] }));

type Sides = Pick<NonNullable<Condition['attendance']>, 'below' | 'at most' | 'at least' | 'above'>;

const thresholdsIn = (pack: Pack, conditions: readonly Condition[]): Hundredths[] =>
  rising(
    comparisonsIn(pack, conditions).flatMap(({ below, 'at most': most, 'at least': least, above }) => [
      below,
      most,
      least,
      above,
    ]),
  );

const cutsIn = (pack: Pack, conditions: readonly Condition[]): Hundredths[] =>
  rising(
    comparisonsIn(pack, conditions).flatMap(({ below, 'at most': most, 'at least': least, above }) => [
      ...[below, least],
      ...[most, above].map((end) => end && end + 1),
    ]),
  );

const comparisonsIn = (pack: Pack, conditions: readonly Condition[]): Sides[] =>
  conditions.flatMap(({ attendance }) => {
    if (!attendance || attendance.over) return [];
    const band = attendance['in band'] === undefined ? undefined : pack.bands?.[attendance['in band']];
    return band ? [attendance, band] : [attendance];
  });

const rising = (values: readonly (Hundredths | undefined)[]): Hundredths[] =>
  [...new Set(values.filter((value) => value !== undefined))].sort((a, b) => a - b);

/**
 * True if what the pack's conditions say of attendance may have changed: it stands on another side of a threshold (below,
 * exactly on it, above), or the sessions have become enough for a percentage to say something.
 */
export function crossed(pack: Pack, before: Fraction, after: Fraction): boolean {
  const enough = (f: Fraction) => f.possible >= pack.figures['at least'];
  if (enough(before) !== enough(after)) return true;
  return (
    enough(after) &&
    thresholds(pack).some((t) => isBelow(before, t) !== isBelow(after, t) || isExactly(before, t) !== isExactly(after, t))
  );
}

/** True if attendance alone may open a case. What else an opening asks is for the rules of the case to look at. */
export const mayOpen = (pack: Pack, f: Fraction): boolean =>
  pack.opens.some(({ when: { attendance } }) => !attendance || attendance.over || liesIn(pack, attendance, f));

/** True if attendance lies where these comparisons ask it to; what they ask of the way to there is left out. */
export function liesIn(pack: Pack, asked: Sides & { 'in band'?: string | undefined }, f: Fraction): boolean {
  if (f.possible < pack.figures['at least']) return false;
  const { below, above, 'at most': atMost, 'at least': least, 'in band': band } = asked;
  return (
    (band === undefined || inBand(pack.bands?.[band], f)) &&
    (below === undefined || isBelow(f, below)) &&
    (above === undefined || !isAtMost(f, above)) &&
    (atMost === undefined || isAtMost(f, atMost)) &&
    (least === undefined || isAtLeast(f, least))
  );
}

/** True if a late may set something in motion, though most are sessions attended: where a rule counts them. */
export const looksAtLates = remembered(({ alongside }: Pack): boolean =>
  alongside.some(({ when }) => conditionsIn(when).some(countsLates)),
);

/**
 * True if any session may, though it was attended: where a rule praises; asks that there be few lates, for with the days fewer of
 * them are counted; or asks again of a pupil whose case it opened was closed.
 */
export const looksAtAnyMark = remembered(({ alongside }: Pack): boolean =>
  alongside.some(({ when, again }) => mayBeginAttended(when) || (again !== undefined && conditionsIn(when).some(countsLates))),
);

const countsLates = ({ figure }: Condition): boolean => figure?.of.measure.startsWith('late-') === true;

/** True if the sessions of the year became enough for what a rule beside the ladder asks of the register: until then it is never so. */
export const becameEnough = (pack: Pack, before: Fraction, after: Fraction): boolean =>
  minima(pack).some((enough) => before.possible < enough && after.possible >= enough);

const minima = remembered(({ alongside }: Pack): number[] =>
  alongside.flatMap(({ when }) => conditionsIn(when).flatMap(({ figure }) => (figure ? [minimumOf(figure.of)] : []))),
);

/** True if a session missed may set something in motion wherever attendance stands, as a third day of absence in a row may. */
export const looksAtAbsences = ({ alongside }: Pack): boolean => alongside.length > 0;

/** True if a session missed may move an open case, though the totals of the year cross nothing. */
export const absenceMoves = remembered(
  (pack: Pack): boolean =>
    looksAtAbsences(pack) || askedInCases(pack).some(({ attendance }) => attendance?.['risen in'] !== undefined),
);

/** True if any mark may move an open case, for the totals of the year do not say all that its conditions ask. */
export const looksAtEveryMark = remembered(
  (pack: Pack): boolean =>
    pack.figures.attendance === 'adjusted' ||
    askedInCases(pack).some(({ figure, attendance }) => figure !== undefined || attendance?.over !== undefined),
);

/** True of a rule beside the ladder that is so or not by the totals of the year alone: a threshold that is crossed tells of it. */
export const restsOnTotals = (pack: Pack, rule: string): boolean => onTotals(pack).has(rule);

const onTotals = remembered((pack: Pack): ReadonlySet<string> => {
  if (pack.figures.attendance === 'adjusted') return new Set();
  const byTotals = ({ attendance, pupil: _, ...more }: Condition) =>
    attendance !== undefined &&
    !attendance.over &&
    attendance['risen by'] === undefined &&
    attendance['fallen by'] === undefined &&
    attendance['risen in'] === undefined &&
    attendance['held for'] === undefined &&
    Object.values(more).every((said) => said === undefined);
  return new Set(pack.alongside.filter(({ when }) => byTotals(when)).map(ruleName));
});

/** True if anything in the pack asks of the school year before this one. */
export const looksBack = remembered((pack: Pack): boolean =>
  asked(pack).some(
    ({ attendance, figure }) =>
      attendance?.over === previousYear || (figure !== undefined && 'over' in figure.of && figure.of.over === previousYear),
  ),
);

const previousYear = 'previous school year';

const asked = (pack: Pack): Condition[] => conditionsOf(pack).flatMap(({ when }) => conditionsIn(when));

/** What is asked of a case that is open, of whatever a pupil without one is not. */
const askedInCases = (pack: Pack): Condition[] => asked({ ...pack, opens: [], alongside: [] });
