import type { Day } from '../calendar/day.ts';
import type { By, LetterNews } from '../case/input.ts';
import type { ReferralDecision } from './decision.ts';
import type { EarlyGround, WithdrawalGround } from './words.ts';

/** One thing said to a referral. `key` makes it once: the same key again changes nothing and gets the same answer. */
export type ReferralInput = { key: string } & (
  | { kind: 'opened' }
  | { kind: 'register changed' }
  | { kind: 'day' }
  | { kind: 'calendar changed'; textId: string }
  | { kind: 'decision'; by: By; proposal: string; version: number; decision: ReferralDecision }
  | LetterNews
  | { kind: 'payment'; by: By; noticeId: string; paidOn: Day; pence: number }
  | { kind: 'withdraw notice'; by: By; noticeId: string; ground: WithdrawalGround; textId: string }
  | { kind: 'end notice early'; by: By; ground: EarlyGround; textId: string }
  | { kind: 'reconsider'; by: By; textId: string }
  | { kind: 'note'; by: By; textId: string }
  | { kind: 'close'; by: By; textId: string }
);
