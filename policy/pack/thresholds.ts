import { type Fraction, type Hundredths, isAtLeast, isAtMost, isBelow, isExactly } from '../register/fraction.ts';
import type { Condition } from './condition.ts';
import type { Pack } from './pack.ts';

/** Every attendance percentage that the pack compares a pupil's year to date with, in hundredths of a percent, rising. */
export function thresholds({ opens, stages, closes }: Pack): Hundredths[] {
  const conditions: (Condition | undefined)[] = [...opens.map(({ when }) => when), closes.when];
  for (const stage of Object.values(stages)) {
    conditions.push(stage['only while'], ...stage.next.map(({ when }) => when), ...stage.alongside.map(({ when }) => when));
  }
  const named = conditions.flatMap((condition) => {
    const { below, 'at most': atMost, 'at least': atLeast } = condition?.attendance ?? {};
    return [below, atMost, atLeast].filter((value) => value !== undefined);
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
  f.possible >= pack.figures['at least'] &&
  pack.opens.some(({ when: { attendance } }) => {
    const { below, 'at most': atMost, 'at least': least } = attendance ?? {};
    return (
      (below === undefined || isBelow(f, below)) &&
      (atMost === undefined || isAtMost(f, atMost)) &&
      (least === undefined || isAtLeast(f, least))
    );
  });
