import { continueAsNew, proxyActivities, setCurrentDetails, workflowInfo } from '@temporalio/workflow';
import type { TrainingActivities } from '../activities/training/activities.ts';
import type { ClockWalk } from './training-messages.ts';

/** A day is fed once: its import's key is its date. Feeding again after a failure finds what is already there. */
const { feedNextDay, settled, gaveUp } = proxyActivities<TrainingActivities>({
  startToCloseTimeout: '2 minutes',
  heartbeatTimeout: '20 s',
  retry: { maximumInterval: '10 s', maximumAttempts: 20 },
});

/** Walks a training school's clock, school day by school day, to the date asked for: register in, cases told, letters out. */
export async function trainingClock(walk: ClockWalk): Promise<void> {
  try {
    for (;;) {
      const { on, more } = await feedNextDay(walk);
      setCurrentDetails(`Reached ${on}`);
      await settled({ ...walk, on, last: !more });
      if (!more) return;
      if (workflowInfo().continueAsNewSuggested) break;
    }
  } catch (error) {
    await gaveUp(walk);
    throw error;
  }
  await continueAsNew<typeof trainingClock>(walk);
}
