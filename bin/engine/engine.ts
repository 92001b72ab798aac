import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config.ts';
import { payloadCodec } from './codec.ts';

export type EngineSettings = Pick<
  Config,
  | 'TEMPORAL_ADDRESS'
  | 'TEMPORAL_NAMESPACE'
  | 'TEMPORAL_TLS'
  | 'TEMPORAL_TLS_CERT'
  | 'TEMPORAL_TLS_KEY'
  | 'TEMPORAL_API_KEY'
  | 'PAYLOAD_KEY'
>;

export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

/** What is kept in the engine is encrypted, with our key and nobody else's. */
export const dataConverter = async ({ PAYLOAD_KEY }: Pick<Config, 'PAYLOAD_KEY'>): Promise<DataConverter> => ({
  payloadCodecs: [payloadCodec({ id: 'v1', secret: PAYLOAD_KEY })],
  failureConverterPath,
});

function connectionOptions({
  TEMPORAL_ADDRESS,
  TEMPORAL_TLS,
  TEMPORAL_TLS_CERT,
  TEMPORAL_TLS_KEY,
  TEMPORAL_API_KEY,
}: EngineSettings) {
  const pair =
    TEMPORAL_TLS_CERT && TEMPORAL_TLS_KEY
      ? { clientCertPair: { crt: readFileSync(TEMPORAL_TLS_CERT), key: readFileSync(TEMPORAL_TLS_KEY) } }
      : undefined;
  const tls = pair ?? (TEMPORAL_TLS || TEMPORAL_API_KEY ? {} : undefined);
  return { address: TEMPORAL_ADDRESS, ...(tls ? { tls } : {}), ...(TEMPORAL_API_KEY ? { apiKey: TEMPORAL_API_KEY } : {}) };
}

/** A client of the engine, for starting, asking and telling. Connects when it is first used. */
export async function engineClient(config: EngineSettings): Promise<{ client: Client; connection: Connection }> {
  const connection = Connection.lazy(connectionOptions(config));
  const client = new Client({ connection, namespace: config.TEMPORAL_NAMESPACE, dataConverter: await dataConverter(config) });
  return { client, connection };
}

/** The worker's connection to the engine. */
export const engineConnection = (config: EngineSettings): Promise<NativeConnection> =>
  NativeConnection.connect(connectionOptions(config));
