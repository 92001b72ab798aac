import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  getExternalWorkflowHandle,
  proxyActivities,
  setCurrentDetails,
  setHandler,
} from '@temporalio/workflow';
import type { LetterActivities } from '../activities/letters/activities.ts';
import type { LetterOutcome } from '../policy/case/input.ts';
import { type LetterRun, recall, release, settle } from './letter-messages.ts';
import { tell } from './messages.ts';

/** Reading, rendering and noting may be tried for ever: each finds what the try before it did. */
const { prepareLetter, recallLetter, tellEndedMatter } = proxyActivities<LetterActivities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumInterval: '1 minute' },
});

/** A send is claimed before it is tried: a second try of the same attempt finds the claim and never sends blindly. */
const { sendLetter } = proxyActivities<LetterActivities>({
  startToCloseTimeout: '15 minutes',
  retry: { initialInterval: '5 s', maximumInterval: '30 minutes' },
});

/** One letter to one parent: written, held for its recall window, checked again, sent once, and its end told to the case. */
export async function letterDelivery({ letterId, releaseAt, matterWorkflowId }: LetterRun): Promise<LetterOutcome> {
  let released = false;
  let sending = false;
  let recalled = false;
  let settled: LetterOutcome | null = null;
  setHandler(release, () => {
    released = true;
  });
  setHandler(settle, (how) => {
    settled = how;
  });
  setHandler(recall, async (asked) => {
    if (sending) throw ApplicationFailure.nonRetryable('The letter has left. It cannot be called back', 'Closed');
    recalled = true;
    await recallLetter({ letterId, ...asked });
  });

  const { matterId, stopped } = await prepareLetter({ letterId });
  const told = async (outcome: LetterOutcome): Promise<LetterOutcome> => {
    const input = { key: `letter:${letterId}:${outcome}`, kind: 'letter outcome', letterId, outcome } as const;
    try {
      await getExternalWorkflowHandle(matterWorkflowId).signal(tell, { matterId, input });
    } catch {
      // The case has ended, or ends now: its ledger still has to hear what became of its letter.
      await tellEndedMatter({ letterId, outcome });
    }
    return outcome;
  };
  if (stopped) return told('stopped');
  setCurrentDetails('Waits for its recall window to end');
  await condition(() => released || recalled, Math.max(1, releaseAt - Date.now()), { summary: 'Recall window' });
  if (recalled) {
    await condition(allHandlersFinished);
    return told('recalled');
  }
  sending = true;
  const { outcome } = await sendLetter({ letterId });
  await told(outcome);
  if (outcome !== 'to-print' && outcome !== 'unknown') return outcome;
  setCurrentDetails(outcome === 'to-print' ? 'Waits in the print queue' : 'Waits for a person to find out what became of it');
  await condition(() => settled !== null);
  return told(settled ?? 'unknown');
}
