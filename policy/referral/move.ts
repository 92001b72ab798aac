import type { Day } from '../calendar/day.ts';
import type { ProposalMove } from '../case/move.ts';

/**
 * A date of a referral that moved since the calendar changed; or one that stays, although the school is closed then. The period
 * of a notice to improve stays: the notice named it to the parents.
 */
export type ReferralMove = { what: 'notice judged'; was: Day; is: Day } | { what: 'review'; on: Day } | ProposalMove;
