import { attendedClasses, type CodeClass, classOf, possibleClasses } from '../codes.ts';
import type { Fraction } from '../fraction.ts';
import { type Mark, type Span, within } from '../mark.ts';

/** Counts of sessions in a span. `possible` = attended + authorised + unauthorised (statutory definition, DfE methodology). */
export type Totals = Fraction & { authorised: number; unauthorised: number; lateL: number; lateU: number; missing: number };

const possible: ReadonlySet<CodeClass | null> = new Set(possibleClasses);
/** True of a session that the pupil was expected at. */
export const isPossible = (of: CodeClass | null): boolean => possible.has(of);
const attended: ReadonlySet<CodeClass | null> = new Set(attendedClasses);

/** Sessions counted by class in a span of days. Sessions not possible, administrative codes and missing marks count as nothing. */
export const totalsIn = (marks: readonly Mark[], span: Span): Totals => totalsOf(within(marks, span));

/** The same of all these marks. */
export function totalsOf(marks: readonly Mark[]): Totals {
  const totals = { attended: 0, possible: 0, authorised: 0, unauthorised: 0, lateL: 0, lateU: 0, missing: 0 };
  for (const { code } of marks) {
    const of = classOf(code);
    if (of === null) totals.missing++;
    if (isPossible(of)) totals.possible++;
    if (attended.has(of)) totals.attended++;
    if (of === 'authorised') totals.authorised++;
    if (of === 'unauthorised') totals.unauthorised++;
    if (code === 'L') totals.lateL++;
    if (code === 'U') totals.lateU++;
  }
  return totals;
}

/** Days missed as families count them: half a day a session. */
export const daysMissed = ({ attended, possible }: Fraction): number => (possible - attended) / 2;
