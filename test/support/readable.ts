import type { Payload } from '@temporalio/common';
import { dataConverter } from '../../bin/engine/engine.ts';
import { type Recorded, testKey } from './replay.ts';

/** All that the engine was given, decrypted, as one text: what somebody with our key could read there. */
export async function readable(recorded: readonly Recorded[]): Promise<string> {
  const [codec] = (await dataConverter({ PAYLOAD_KEY: testKey })).payloadCodecs ?? [];
  const sealed = payloadsIn(recorded);
  const open = codec ? await codec.decode(sealed) : sealed;
  const texts = open.map(({ data }) => Buffer.from(data ?? []).toString('utf8'));
  return [...texts, ...recorded.map(({ workflowId }) => workflowId), ...stringsIn(recorded)].join('\n');
}

const isPayload = (value: object): value is Payload => 'metadata' in value && 'data' in value && value.data instanceof Uint8Array;

function payloadsIn(value: unknown): Payload[] {
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  return isPayload(value) ? [value] : Object.values(value).flatMap(payloadsIn);
}

/** What stands beside the payloads: summaries, failure messages, search attributes, memos' names. */
function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (value === null || typeof value !== 'object' || value instanceof Uint8Array) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...stringsIn(inner)]);
}
