import type { Day } from '../calendar/day.ts';
import type { MissingPart } from '../referral/words.ts';
import type { CaseEvent } from './event.ts';

export type Returned = { on: Day; missing: readonly MissingPart[]; words: string | null };

/** What the school wrote with a referral, and what the authority had returned before it: both as its case's record has them. */
export type Referred = { words: string | null; before: Returned[] };

/** How the case was referred: with this referral or, where none is named, up to now. */
export function referredAs(events: readonly { on: Day; event: unknown }[], referralId?: string): Referred {
  const before: Returned[] = [];
  for (const { on, event } of events as readonly { on: Day; event: CaseEvent }[]) {
    if (event.type === 'referred' && event.referralId === referralId) return { words: event.words, before };
    if (event.type === 'referral outcome' && event.outcome.what === 'returned')
      before.push({ on, missing: event.outcome.missing, words: event.words });
  }
  return { words: null, before };
}
