import { type TellingOf, tellingOf } from '../telling.ts';
import type { Circumstances } from './circumstances.ts';
import type { CaseEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { CaseState } from './state.ts';

/** A case being told one thing. */
export type Telling = TellingOf<CaseState, CaseEvent, Circumstances>;

export const telling = (before: CaseState | null, c: Circumstances): Telling => tellingOf(before, c, evolve);
