import { type Fraction, isAtLeast } from '../register/fraction.ts';
import type { Circumstances } from './circumstances.ts';
import { attendanceIn, yearFrom } from './figures.ts';
import type { CaseState } from './state.ts';

type Judged = NonNullable<CaseState['judged']>;

/** What was last known of the time that was judged: what a family is told of it. */
export const lastKnown = ({ window, now }: Judged): Fraction => now ?? window;

/** The same as the register has it now; of an earlier school year, whose marks are not looked at, what was last known. */
export const judgedNow = (judged: Judged, c: Circumstances): Fraction =>
  judged.from < yearFrom(c) ? lastKnown(judged) : attendanceIn(c, judged.from, judged.until);

/** True if a target that was met is met no more, as the register says since. Older states do not know the target. */
export const isMetNoMore = ({ judged }: Pick<CaseState, 'judged'>, c: Circumstances): boolean =>
  judged?.target !== undefined && !isAtLeast(judgedNow(judged, c), judged.target);
