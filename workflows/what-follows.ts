import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import { ParentClosePolicy, patched, startChild } from '@temporalio/workflow';
import { letterWorkflowId } from './letter-messages.ts';
import { type Follow, type Outcome, referralWorkflowId, reminderWorkflowId } from './messages.ts';

/**
 * Starts the letters, the referral and the reminders that an input led to. Each lives on when the case that started it has ended,
 * and each has one id for life: a repeat finds it running, or done.
 */
export async function startWhatFollows({ follow }: Outcome, together: boolean): Promise<void> {
  // Older runs say that they do, and still older ones waited for the engine to begin each before they asked for the next.
  if (together || (follow.length > 1 && patched('start-together'))) await Promise.all(follow.map(startOnce));
  else for (const next of follow) await startOnce(next);
}

async function startOnce(next: Follow): Promise<void> {
  try {
    await start(next);
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const start = (next: Follow): Promise<unknown> => {
  switch (next.what) {
    case 'letter':
      return startChild('letterDelivery', {
        workflowId: letterWorkflowId(next.letterId),
        args: [{ letterId: next.letterId, releaseAt: next.releaseAt }],
        ...onItsOwn,
        staticSummary: 'A letter: recall window, checks, send',
      });
    case 'referral':
      return startChild('laReferral', {
        workflowId: referralWorkflowId(next.referralId),
        args: [{ matterId: next.referralId, inbox: [{ input: { key: 'opened', kind: 'opened' } }], waiting: null, stage: '' }],
        ...onItsOwn,
        staticSummary: 'A referral to the local authority',
      });
    case 'reminder':
      return startChild('staffReminder', {
        workflowId: reminderWorkflowId(next.reminderId),
        args: [{ reminderId: next.reminderId }],
        ...onItsOwn,
        staticSummary: 'A reminder to a member of staff',
      });
  }
};

const onItsOwn = { parentClosePolicy: ParentClosePolicy.ABANDON, workflowIdReusePolicy: 'REJECT_DUPLICATE' } as const;
