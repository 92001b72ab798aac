import { type TellingOf, tellingOf } from '../telling.ts';
import type { ReferralCircumstances } from './circumstances.ts';
import type { ReferralEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { ReferralState } from './state.ts';

/** A referral being told one thing. */
export type ReferralTelling = TellingOf<ReferralState, ReferralEvent, ReferralCircumstances>;

export const telling = (before: ReferralState | null, c: ReferralCircumstances): ReferralTelling => tellingOf(before, c, evolve);
