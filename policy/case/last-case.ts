import type { Day } from '../calendar/day.ts';
import type { Fraction } from '../register/fraction.ts';
import type { CaseState } from './state.ts';

/** What a pupil's last case leaves to the next one: when it was closed, where attendance stood then, and what its rules had been. */
export type LastCase = { closedOn: Day; attendance: Fraction; rules: NonNullable<CaseState['rules']> };
