import type { ReferralAction } from './proposal.ts';
import type { ReferralTelling } from './telling.ts';

/** Withdraws whatever asks this of somebody: what it asks about is so no more. */
export function withdrawAsked(t: ReferralTelling, what: ReferralAction['what'], why: string): void {
  for (const { key, action } of Object.values(t.state.proposals)) {
    if (action.what === what) t.add({ type: 'withdrawn', key, why });
  }
}
