/** Attendance as it is counted: sessions attended of sessions possible. Never a rounded number. */
export type Fraction = { attended: number; possible: number };

/** A percentage as hundredths of a percent: 96% is 9600. */
export type Hundredths = number;

const compare = ({ attended, possible }: Fraction, hundredths: Hundredths): number => attended * 10_000 - hundredths * possible;

/** Of no sessions at all nothing can be said: not below, not at most, not at least. */
const said = ({ possible }: Fraction): boolean => possible > 0;

export const isBelow = (f: Fraction, hundredths: Hundredths): boolean => said(f) && compare(f, hundredths) < 0;
export const isAtMost = (f: Fraction, hundredths: Hundredths): boolean => said(f) && compare(f, hundredths) <= 0;
export const isAtLeast = (f: Fraction, hundredths: Hundredths): boolean => said(f) && compare(f, hundredths) >= 0;
export const isExactly = (f: Fraction, hundredths: Hundredths): boolean => said(f) && compare(f, hundredths) === 0;

/** The same sessions counted, and the same of them attended: 18 of 19 is not 36 of 38. */
export const isSame = (one: Fraction, other: Fraction): boolean =>
  one.attended === other.attended && one.possible === other.possible;

/** True if one share is lower than the other, whatever of how many; of no sessions nothing is lower. */
export const isLower = (one: Fraction, than: Fraction): boolean => one.attended * than.possible < than.attended * one.possible;

/** Truncated to one decimal, so that 95/99 reads 95.9% and never 96%. */
export function shown({ attended, possible }: Fraction): string {
  if (possible === 0) return 'no sessions yet';
  const tenths = Math.floor((attended * 1000) / possible);
  return `${Math.floor(tenths / 10)}.${tenths % 10}%`;
}

/** Persistent absence: a tenth or more of possible sessions missed, for any reason (DfE). Exactly 90.0% is persistent. */
export const persistentlyAbsent = (f: Fraction): boolean => isAtMost(f, 9000);

/** Severe absence: half or more missed (DfE). */
export const severelyAbsent = (f: Fraction): boolean => isAtMost(f, 5000);
