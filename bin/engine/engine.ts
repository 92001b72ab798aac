import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import { NativeConnection } from '@temporalio/worker';
import type { Config } from '../config.ts';
import { Obstacle } from '../obstacle.ts';
import { payloadCodec } from './codec.ts';

export type EngineSettings = Pick<
  Config,
  | 'TEMPORAL_ADDRESS'
  | 'TEMPORAL_NAMESPACE'
  | 'TEMPORAL_TLS'
  | 'TEMPORAL_TLS_CA'
  | 'TEMPORAL_TLS_CERT'
  | 'TEMPORAL_TLS_KEY'
  | 'TEMPORAL_API_KEY'
  | 'PAYLOAD_KEY'
  | 'PAYLOAD_KEYS_OLDER'
>;

export const failureConverterPath = fileURLToPath(new URL('./failure-converter.cjs', import.meta.url));

type Keys = Pick<Config, 'PAYLOAD_KEY' | 'PAYLOAD_KEYS_OLDER'>;

/** What is kept in the engine is encrypted, with our key and nobody else's. */
export const dataConverter = async ({ PAYLOAD_KEY, PAYLOAD_KEYS_OLDER }: Keys): Promise<DataConverter> => ({
  payloadCodecs: [payloadCodec(PAYLOAD_KEY, PAYLOAD_KEYS_OLDER)],
  failureConverterPath,
});

const connectionOptions = (settings: EngineSettings) => ({
  address: settings.TEMPORAL_ADDRESS,
  ...tlsOf(settings),
  ...(settings.TEMPORAL_API_KEY ? { apiKey: settings.TEMPORAL_API_KEY } : {}),
});

function tlsOf({ TEMPORAL_TLS, TEMPORAL_TLS_CA, TEMPORAL_TLS_CERT, TEMPORAL_TLS_KEY, TEMPORAL_API_KEY }: EngineSettings) {
  if ((TEMPORAL_TLS_CERT === undefined) !== (TEMPORAL_TLS_KEY === undefined))
    throw new Obstacle('TEMPORAL_TLS_CERT and TEMPORAL_TLS_KEY go together: set both, or neither.');
  const ca = TEMPORAL_TLS_CA && { serverRootCACertificate: readFileSync(TEMPORAL_TLS_CA) };
  const pair = TEMPORAL_TLS_CERT &&
    TEMPORAL_TLS_KEY && { clientCertPair: { crt: readFileSync(TEMPORAL_TLS_CERT), key: readFileSync(TEMPORAL_TLS_KEY) } };
  return TEMPORAL_TLS || ca || pair || TEMPORAL_API_KEY ? { tls: { ...(ca || {}), ...(pair || {}) } } : {};
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
