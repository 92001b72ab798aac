import type { Day } from '../calendar/day.ts';
import type { CaseState } from './state.ts';

/** What a pupil's last case leaves to the next one: when it was closed, and what its rules had been. */
export type LastCase = { closedOn: Day; rules: NonNullable<CaseState['rules']> };
