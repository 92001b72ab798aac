import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { dataConverter } from '../../bin/engine/engine.ts';
import { workflowBundle } from '../../bin/engine/workflow-bundle.ts';

/** The key that histories recorded by tests are encrypted with. It guards nothing. */
export const testKey = Buffer.alloc(32, 1).toString('base64');

type History = Parameters<typeof historyToJSON>[0];
export type Recorded = { workflowId: string; history: History };

/** Runs recorded histories through today's workflow code. Returns what no longer replays, and why. */
export async function replay(recorded: readonly Recorded[]): Promise<string[]> {
  const options = { workflowBundle, dataConverter: await dataConverter({ PAYLOAD_KEY: testKey }) };
  const wrong: string[] = [];
  for await (const { workflowId, error } of Worker.runReplayHistories(options, recorded as never)) {
    if (error) wrong.push(`${workflowId}: ${error.message}`);
  }
  return wrong;
}

export const toText = (history: History): string => historyToJSON(history);
export const fromText = (text: string): History => historyFromJSON(JSON.parse(text)) as History;
