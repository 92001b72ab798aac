import { writeFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import { type Recorded, toText } from './replay.ts';

/** Every history that the engine holds in a client's namespace. */
export async function allHistories(client: Client): Promise<Recorded[]> {
  const recorded: Recorded[] = [];
  for await (const { workflowId, runId } of client.workflow.list()) {
    recorded.push({ workflowId, history: await client.workflow.getHandle(workflowId, runId).fetchHistory() });
  }
  return recorded;
}

/**
 * With RECORD=1, keeps the longest history of each kind of workflow beside those kept earlier, under today's date: what was
 * recorded once is never replaced, since it has to replay for ever.
 */
export function record(recorded: readonly Recorded[]): void {
  if (!process.env.RECORD) return;
  const size = ({ history }: Recorded) => history.events?.length ?? 0;
  const longest = new Map<string, Recorded>();
  for (const one of recorded) {
    const kind = one.workflowId.split(':')[0] ?? '';
    const known = longest.get(kind);
    if (!known || size(known) < size(one)) longest.set(kind, one);
  }
  const today = new Date().toISOString().slice(0, 10);
  for (const [kind, { history }] of longest)
    writeFileSync(new URL(`../histories/${kind}-${today}.json`, import.meta.url), toText(history));
}
