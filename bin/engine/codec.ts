import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  type DecipherGCM,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import { Obstacle } from '../obstacle.ts';

const scheme = 'firstbell/aes-256-gcm';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = (from: Uint8Array | null | undefined): string => new TextDecoder().decode(from ?? new Uint8Array());

/** What the first versions called every key. */
const unnamed = 'v1';

/**
 * Encrypts what the engine keeps: inputs, results, signals, failure messages. The key's id goes with each payload, so that
 * older keys may stay for reading after a new one is taken for writing.
 */
export function payloadCodec(current: string, older: readonly string[] = []): PayloadCodec {
  const keys = new Map([current, ...older].map((secret) => [idOf(secret), createSecretKey(secret, 'base64')] as const));
  const writing = { id: idOf(current), key: keys.get(idOf(current)) as KeyObject };
  return {
    encode: async (payloads) => payloads.map((payload) => encrypt(payload, writing.id, writing.key)),
    decode: async (payloads) =>
      payloads.map((payload) => {
        if (text(payload.metadata?.encoding) !== scheme) return payload;
        const id = text(payload.metadata?.key);
        if (id === unnamed) return decryptWithOneOf(payload, [...keys.values()]);
        const key = keys.get(id);
        if (!key) throw new Obstacle(`The engine holds data encrypted with key "${id}": ${addIt}`);
        return decrypt(payload, key);
      }),
  };
}

const addIt = 'add the PAYLOAD_KEY that it was written with to PAYLOAD_KEYS_OLDER.';

/** Says which key it is, and nothing of it. */
const idOf = (secret: string): string => createHash('sha256').update(secret, 'base64').digest('hex').slice(0, 12);

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

function decryptWithOneOf(payload: Payload, [key, ...others]: readonly KeyObject[]): Payload {
  if (!key) throw new Obstacle(`No key opens what the engine holds: ${addIt}`);
  try {
    return decrypt(payload, key);
  } catch (error) {
    if (error instanceof Obstacle) return decryptWithOneOf(payload, others);
    throw error;
  }
}

function opened(opening: DecipherGCM, sealed: Uint8Array): Buffer {
  try {
    return Buffer.concat([opening.update(sealed), opening.final()]);
  } catch (cause) {
    throw new Obstacle('PAYLOAD_KEY does not open what the engine holds: it was changed since it was written.', { cause });
  }
}
