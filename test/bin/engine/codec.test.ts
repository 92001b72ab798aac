import { describe, expect, it } from '@jest/globals';
import type { Payload } from '@temporalio/common';
import { payloadCodec } from '../../../bin/engine/codec.ts';

const text = (from: Uint8Array | null | undefined) => Buffer.from(from ?? []).toString('utf8');
const bytes = (from: string) => new Uint8Array(Buffer.from(from));
const secret = Buffer.alloc(32, 1).toString('base64');
const another = Buffer.alloc(32, 2).toString('base64');
const codec = payloadCodec(secret);
const plain: Payload = { metadata: { encoding: bytes('json/plain') }, data: bytes('{"matterId":"1"}') };

async function sealed(): Promise<Payload> {
  const [payload] = await codec.encode([plain]);
  return payload as Payload;
}

describe('what the engine keeps', () => {
  it('can be read again, and only as it was', async () => {
    const [opened] = await codec.decode([await sealed()]);
    expect([text(opened?.data), text(opened?.metadata?.encoding)]).toEqual(['{"matterId":"1"}', 'json/plain']);
  });

  it('shows nothing of what it says, and never looks the same twice', async () => {
    const [one, two] = [await sealed(), await sealed()];
    expect(text(one.data)).not.toContain('matterId');
    expect(text(one.metadata?.encoding)).toBe('firstbell/aes-256-gcm');
    expect(one.data).not.toEqual(two.data);
  });

  it('can be read if it was written by the first version, with the Web Crypto API', async () => {
    const data = Buffer.from(
      '0mStQ3K72oIflr1UMAMm7CzgQdKXu6Ka8Qm94HhzufjJbvQHx5MSEgJLp8y55LtClk9sGVRhJ9nBC/zT2yOOvtLN0YIgkeF1rfM6F5pXriPEq5H97426hUWwSfosC3mqCXbEIgKi+f9ekg==',
      'base64',
    );
    const first = { metadata: { encoding: bytes('firstbell/aes-256-gcm'), key: bytes('v1') }, data };
    for (const one of [codec, payloadCodec(another, [secret])])
      expect(text((await one.decode([first]))[0]?.data)).toBe('{"matterId":"1"}');
    await expect(payloadCodec(another).decode([first])).rejects.toThrow(/No key opens .* PAYLOAD_KEYS_OLDER/);
  });

  it('can be read with an older key after a new one is taken for writing', async () => {
    const newer = payloadCodec(another, [secret]);
    const [opened] = await newer.decode([await sealed()]);
    expect(text(opened?.data)).toBe('{"matterId":"1"}');
  });

  it('is refused if a byte of it was changed, or its tag cut off', async () => {
    const payload = await sealed();
    const changed = Uint8Array.from(payload.data ?? []);
    changed[20] = (changed[20] ?? 0) ^ 1;
    await expect(codec.decode([{ ...payload, data: changed }])).rejects.toThrow(/PAYLOAD_KEY does not open/);
    await expect(codec.decode([{ ...payload, data: changed.slice(0, 14) }])).rejects.toThrow();
  });

  it('names a key that this process does not have', async () => {
    const other = payloadCodec(another);
    await expect(other.decode([await sealed()])).rejects.toThrow(
      /encrypted with key "[0-9a-f]{12}": add .* to PAYLOAD_KEYS_OLDER/,
    );
    expect(text((await sealed()).metadata?.key)).not.toBe(text((await other.encode([plain]))[0]?.metadata?.key));
  });

  it('passes on what nobody encrypted', async () => {
    expect(await codec.decode([plain])).toEqual([plain]);
  });
});
