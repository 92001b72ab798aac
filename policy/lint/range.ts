import type { Band } from '../pack/clauses.ts';
import type { Condition } from '../pack/condition.ts';

/** A stretch of percentages, in hundredths of a percent, each end in it or not. */
export type Range = { low: number; lowIn: boolean; high: number; highIn: boolean };

type Sides = Pick<Band, 'at least' | 'above' | 'at most' | 'below'>;

/** Everything that lies on the right side of each end that is named. */
export function rangeOf({ 'at least': least, above, 'at most': most, below }: Sides): Range {
  return both(
    { low: above ?? 0, lowIn: above === undefined, high: below ?? 10_000, highIn: below === undefined },
    { low: least ?? 0, lowIn: true, high: most ?? 10_000, highIn: true },
  );
}

/** What a condition asks of this school year's attendance; null if it asks nothing of it. */
export function attendanceRange({ attendance, all = [] }: Condition, bands: Record<string, Band> | undefined): Range | null {
  const own =
    attendance && !attendance.over
      ? [rangeOf(attendance), ...(attendance['in band'] === undefined ? [] : [rangeOf(bands?.[attendance['in band']] ?? {})])]
      : [];
  const inner = all.flatMap((one) => attendanceRange(one, bands) ?? []);
  const ranges = [...own, ...inner];
  return ranges.length === 0 ? null : ranges.reduce(both);
}

/** What is in both. */
export function both(a: Range, b: Range): Range {
  const low = a.low === b.low ? { low: a.low, lowIn: a.lowIn && b.lowIn } : a.low > b.low ? pickLow(a) : pickLow(b);
  const high = a.high === b.high ? { high: a.high, highIn: a.highIn && b.highIn } : a.high < b.high ? pickHigh(a) : pickHigh(b);
  return { ...low, ...high };
}

const pickLow = ({ low, lowIn }: Range) => ({ low, lowIn });
const pickHigh = ({ high, highIn }: Range) => ({ high, highIn });

export const isEmpty = ({ low, lowIn, high, highIn }: Range): boolean => low > high || (low === high && !(lowIn && highIn));

/** True if everything in the one is in the other. */
export const covers = (wide: Range, narrow: Range): boolean =>
  (wide.low < narrow.low || (wide.low === narrow.low && (wide.lowIn || !narrow.lowIn))) &&
  (wide.high > narrow.high || (wide.high === narrow.high && (wide.highIn || !narrow.highIn)));

/** What lies between two ranges, the lower first; empty if they meet. */
export const between = (lower: Range, upper: Range): Range => ({
  low: lower.high,
  lowIn: !lower.highIn,
  high: upper.low,
  highIn: !upper.lowIn,
});

/** The fewest possible sessions at which some attendance lies in a range; null if none up to a school year's. */
export function firstReachedAt(range: Range, from: number, yearOfSessions = 380): number | null {
  for (let possible = from; possible <= yearOfSessions; possible++) {
    const attended = Math.ceil((range.low * possible) / 10_000);
    for (const n of [attended, attended + 1]) {
      const exact = n * 10_000;
      const above = range.lowIn ? exact >= range.low * possible : exact > range.low * possible;
      const below = range.highIn ? exact <= range.high * possible : exact < range.high * possible;
      if (n <= possible && above && below) return possible;
    }
  }
  return null;
}

/** "98%", "98.5%" */
export const percent = (hundredths: number): string => `${hundredths / 100}%`;

/** A value in a range, to name it by: its middle, or the end that is in it. */
export const valueIn = ({ low, high }: Range): string => percent(low === high ? low : Math.round((low + high) / 2));
