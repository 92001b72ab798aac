import { createCipheriv, createDecipheriv, createSecretKey, type DecipherGCM, type KeyObject, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { Obstacle } from '../obstacle.ts';

const scheme = 'firstbell/aes-256-gcm';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (from: Uint8Array | null | undefined): string => new TextDecoder().decode(from ?? new Uint8Array());

type Key = { id: string; secret: string };

/**
 * Encrypts what the engine keeps: inputs, results, signals, failure messages. The key's id goes with each payload, so that
 * older keys may stay for reading after a new one is taken for writing.
 */
export function payloadCodec(current: Key, older: readonly Key[] = []): PayloadCodec {
  const keys = new Map([current, ...older].map(({ id, secret }) => [id, createSecretKey(secret, 'base64')] as const));
  const writing = keys.get(current.id) as KeyObject;
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, current.id, writing)),
    decode: async (payloads) =>
      payloads.map((payload) => {
        if (text(payload.metadata?.encoding) !== scheme) return payload;
        const id = text(payload.metadata?.key);
        const key = keys.get(id);
        if (!key) throw new Error(`The engine holds data encrypted with key "${id}", which this process does not have`);
        return decrypt(payload, key);
      }),
  };
}

const cipher = 'aes-256-gcm';
const ivLength = 12;
const tagLength = 16;

// At once, not in the thread pool: a payload is small, and going there and back takes longer than encrypting it.
function encrypt(payload: Payload, id: string, key: KeyObject): Payload {
  const iv = randomBytes(ivLength);
  const metadata = Object.fromEntries(
    Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  );
  const plain = bytes(JSON.stringify({ metadata, data: Buffer.from(payload.data ?? []).toString('base64') }));
  const sealing = createCipheriv(cipher, key, iv);
  const data = Buffer.concat([iv, sealing.update(plain), sealing.final(), sealing.getAuthTag()]);
  return { metadata: { encoding: bytes(scheme), key: bytes(id) }, data };
}

function decrypt(payload: Payload, key: KeyObject): Payload {
  const all = Buffer.from(payload.data ?? []);
  const opening = createDecipheriv(cipher, key, all.subarray(0, ivLength), { authTagLength: tagLength });
  opening.setAuthTag(all.subarray(-tagLength));
  const { metadata, data } = JSON.parse(text(opened(opening, all.subarray(ivLength, -tagLength)))) as {
    metadata: Record<string, string>;
    data: string;
  };
  return {
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    data: Buffer.from(data, 'base64'),
  };
}

function opened(opening: DecipherGCM, sealed: Uint8Array): Buffer {
  try {
    return Buffer.concat([opening.update(sealed), opening.final()]);
  } catch (cause) {
    throw new Obstacle('PAYLOAD_KEY does not open what the engine holds: set the key that it was written with.', { cause });
  }
}
