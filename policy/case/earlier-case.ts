import type { Day } from '../calendar/day.ts';
import type { Fraction } from '../register/fraction.ts';
import type { CaseLetter } from './state.ts';

/** A case of the same pupil that was closed before this one began: where attendance stood then, and its letters as they stand now. */
export type EarlierCase = { closedOn: Day; attendance: Fraction; letters: readonly CaseLetter[] };

/** A letter of such a case. It `stands` as if this case had sent it, if the pupil had not recovered meanwhile. */
export type EarlierLetter = CaseLetter & { stands: boolean };
