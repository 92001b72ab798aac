import { type Fraction, type Hundredths, isAtLeast, isAtMost, isBelow, isExactly } from '../register/fraction.ts';
import { remembered } from '../remembered.ts';
import { type Condition, conditionsIn } from './condition.ts';
import type { Pack } from './pack.ts';
import { ruleName } from './stage.ts';

/** Every attendance percentage that the pack compares a pupil's year to date with, in hundredths of a percent, rising. */
export const thresholds = remembered((pack: Pack): Hundredths[] => thresholdsIn(pack, [...opening(pack), ...inCases(pack)]));

/** Those of them that the ladder looks at: not what stands beside every stage. */
export const ladderThresholds = (pack: Pack): Hundredths[] =>
  thresholdsIn(pack, [...opening({ ...pack, alongside: [] }), ...inCases(pack)]);

function thresholdsIn(pack: Pack, conditions: readonly Condition[]): Hundredths[] {
  const named = conditions.flatMap(({ attendance }) => {
    if (!attendance || attendance.over) return [];
    const { below, 'at most': atMost, 'at least': atLeast, above, 'in band': band } = attendance;
    const ends = (band !== undefined && pack.bands?.[band]) || {};
    return [below, atMost, atLeast, above, ends.below, ends['at most'], ends['at least'], ends.above].filter(
      (value) => value !== undefined,
    );
  });
  return [...new Set(named)].sort((a, b) => a - b);
}

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
  pack.opens.some(({ when: { attendance } }) => {
    if (!attendance || attendance.over) return true;
    if (f.possible < pack.figures['at least']) return false;
    return attendance['in band'] !== undefined || meets(attendance, f);
  });

/** True if attendance stands where this names a percentage. */
export const meets = (
  { below, above, 'at most': atMost, 'at least': least }: NonNullable<Condition['attendance']>,
  f: Fraction,
): boolean =>
  (below === undefined || isBelow(f, below)) &&
  (above === undefined || !isAtMost(f, above)) &&
  (atMost === undefined || isAtMost(f, atMost)) &&
  (least === undefined || isAtLeast(f, least));

/** True if a session that was attended may set something in motion too: where a rule counts lates. */
export const looksAtAnyMark = remembered(({ alongside }: Pack): boolean =>
  alongside.some(({ when }) => conditionsIn(when).some(({ figure }) => figure?.of.measure.startsWith('late-'))),
);

/** True if a session missed may set something in motion wherever attendance stands, as a third day of absence in a row may. */
export const looksAtAbsences = ({ alongside }: Pack): boolean => alongside.length > 0;

/** True if any mark may move an open case, for the totals of the year do not say all that its conditions ask. */
export const looksAtEveryMark = remembered(
  (pack: Pack): boolean =>
    pack.figures.attendance === 'adjusted' ||
    inCases(pack).some(({ figure, attendance }) => figure !== undefined || attendance?.over !== undefined),
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
    attendance['held for'] === undefined &&
    Object.values(more).every((said) => said === undefined);
  return new Set(pack.alongside.filter(({ when }) => byTotals(when)).map(ruleName));
});

/** True if anything in the pack asks of the school year before this one. */
export const looksBack = remembered((pack: Pack): boolean =>
  [...opening(pack), ...inCases(pack)].some(
    ({ attendance, figure }) =>
      attendance?.over === previousYear || (figure !== undefined && 'over' in figure.of && figure.of.over === previousYear),
  ),
);

const previousYear = 'previous school year';

const opening = ({ opens, alongside }: Pack): Condition[] => [...opens, ...alongside].flatMap(({ when }) => conditionsIn(when));

function inCases({ stages, closes }: Pack): Condition[] {
  const conditions = Object.values(stages).flatMap((stage) => [
    ...(stage['only while'] ? [stage['only while']] : []),
    ...[...stage.next, ...stage.alongside].map(({ when }) => when),
    ...stage.do.flatMap((step) => step['only if'] ?? []),
  ]);
  return [...conditions, closes.when].flatMap(conditionsIn);
}
