import { setTimeout as pause } from 'node:timers/promises';
import { type Client, isGrpcServiceError } from '@temporalio/client';

type Happening =
  | 'workflowExecutionStarted'
  | 'workflowTaskCompleted'
  | 'workflowExecutionUpdateAccepted'
  | 'timerStarted'
  | 'workflowExecutionSignaled';
type Looking = { client: Client; told: AbortSignal };

/**
 * When something happened first in each of these workflows, by the engine's own clock (epoch ms), in their order. Waits
 * until it has. The histories are read one by one and at leisure, so that looking costs what is measured next to nothing.
 */
export async function momentsOf(looking: Looking, workflowIds: readonly string[], happening: Happening): Promise<number[]> {
  const moments: number[] = [];
  for (const id of workflowIds) moments.push(await momentOf(looking, id, happening));
  return moments;
}

/** When it had happened in all of them. */
export const latestOf = async (looking: Looking, workflowIds: readonly string[], happening: Happening): Promise<number> =>
  Math.max(...(await momentsOf(looking, workflowIds, happening)));

async function momentOf({ client, told }: Looking, id: string, happening: Happening): Promise<number> {
  for (const until = Date.now() + 60_000; Date.now() < until; await pause(50, undefined, { signal: told })) {
    const found = (await eventsOf(client, id)).find((event) => event[`${happening}EventAttributes`]);
    if (found) return Number(found.eventTime?.seconds ?? 0) * 1000 + (found.eventTime?.nanos ?? 0) / 1e6;
  }
  throw new Error(`${id} did not come to ${happening} in a minute`);
}

async function eventsOf(client: Client, id: string) {
  try {
    return (await client.workflow.getHandle(id).fetchHistory()).events ?? [];
  } catch (error) {
    // Not found: it has not been started yet.
    if (isGrpcServiceError(error) && error.code === 5) return [];
    throw error;
  }
}
