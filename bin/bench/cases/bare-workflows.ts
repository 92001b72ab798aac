import { setHandler, sleep } from '@temporalio/workflow';
import { bareUpdate } from './bare-messages.ts';

/** The least that a durable case could be: it waits for a day, and answers an update. */
export async function bareCase(): Promise<void> {
  setHandler(bareUpdate, (said) => said);
  await sleep('30 days');
}
