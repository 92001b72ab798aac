import { getExternalWorkflowHandle, isCancellation, proxyActivities } from '@temporalio/workflow';
import type { LetterActivities } from '../activities/letters/activities.ts';
import type { LetterNews } from '../policy/case/input.ts';
import { tell } from './messages.ts';

const { tellClosedMatter, tellMatter } = proxyActivities<LetterActivities>({
  startToCloseTimeout: '1 minute',
  retry: { maximumInterval: '1 minute' },
});

/** How letters that were begun before word went by the outbox tell their matter what became of them. */
export async function tellItself(workflowId: string, matterId: string, input: LetterNews & { key: string }): Promise<void> {
  const { kind: _, ...news } = input;
  if (await tellClosedMatter(news)) return;
  try {
    await getExternalWorkflowHandle(workflowId).signal(tell, { matterId, input });
  } catch (error) {
    if (isCancellation(error)) throw error;
    // It ended just now, or the engine lost it: its ledger still has to hear what became of its letter.
    await tellMatter(news);
  }
}
