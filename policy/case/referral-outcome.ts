import type { CaseInput } from './input.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';

/**
 * Notes what the authority says of the case's referral: of one that it made before, there is nothing to hear any more. What was
 * returned is referred again, and no step of the stage that came before the referral is done twice.
 */
export function referralOutcome(t: Telling, { referralId, outcome }: Extract<CaseInput, { kind: 'referral outcome' }>): void {
  if (t.state.referral?.id !== referralId) return;
  t.add({ type: 'referral outcome', outcome, words: t.c.words });
  if (outcome.what !== 'returned' || t.state.status === 'closed') return;
  const step = stageOf(t).do.findIndex((one) => 'referral' in one);
  if (step >= 0) t.add({ type: 'step put back', step, askAgainOn: t.c.on, why: 'The authority returned it' });
}
