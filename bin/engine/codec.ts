import { webcrypto } from 'node:crypto';
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
export async function payloadCodec(current: Key, older: readonly Key[] = []): Promise<PayloadCodec> {
  const keys = new Map(
    await Promise.all([current, ...older].map(async ({ id, secret }) => [id, await imported(secret)] as const)),
  );
  const writing = keys.get(current.id) as webcrypto.CryptoKey;
  return {
    encode: (payloads) => Promise.all(payloads.map((payload) => encrypt(payload, current.id, writing))),
    decode: (payloads) =>
      Promise.all(
        payloads.map((payload) => {
          if (text(payload.metadata?.encoding) !== scheme) return payload;
          const id = text(payload.metadata?.key);
          const key = keys.get(id);
          if (!key) throw new Error(`The engine holds data encrypted with key "${id}", which this process does not have`);
          return decrypt(payload, key);
        }),
      ),
  };
}

const imported = (secret: string): Promise<webcrypto.CryptoKey> =>
  webcrypto.subtle.importKey('raw', Buffer.from(secret, 'base64'), 'AES-GCM', false, ['encrypt', 'decrypt']);

async function encrypt(payload: Payload, id: string, key: webcrypto.CryptoKey): Promise<Payload> {
  const iv = webcrypto.getRandomValues(new Uint8Array(12));
  const metadata = Object.fromEntries(
    Object.entries(payload.metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  );
  const plain = bytes(JSON.stringify({ metadata, data: Buffer.from(payload.data ?? []).toString('base64') }));
  const sealed = new Uint8Array(await webcrypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain));
  return { metadata: { encoding: bytes(scheme), key: bytes(id) }, data: Buffer.concat([iv, sealed]) };
}

async function decrypt(payload: Payload, key: webcrypto.CryptoKey): Promise<Payload> {
  const all = Buffer.from(payload.data ?? []);
  const sealed = { name: 'AES-GCM', iv: all.subarray(0, 12) };
  const plain = await webcrypto.subtle.decrypt(sealed, key, all.subarray(12)).catch((cause) => {
    throw new Obstacle('PAYLOAD_KEY does not open what the engine holds: set the key that it was written with.', { cause });
  });
  const { metadata, data } = JSON.parse(text(new Uint8Array(plain))) as { metadata: Record<string, string>; data: string };
  return {
    metadata: Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name, Buffer.from(value, 'base64')])),
    data: Buffer.from(data, 'base64'),
  };
}
