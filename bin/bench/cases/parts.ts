import path from 'node:path';
import { migrate } from '../../../prisma/migrate.ts';
import { noSettings } from '../../config.ts';
import { engineClient } from '../../engine/engine.ts';
import { Obstacle } from '../../obstacle.ts';
import { startDatabase } from '../../parts/database.ts';
import { startEngine } from '../../parts/engine.ts';
import { startMailCatcher } from '../../parts/mail.ts';
import { freePort } from '../../parts/ports.ts';
import { secretsOf } from '../../start/data-folder.ts';
import { keepRunning, whenReady } from '../../start/keep-running.ts';
import type { BenchOptions } from '../bench.ts';

/**
 * Starts parts of the bench's own, whatever the environment names: a database, an engine and a mail catcher as `firstbell
 * start` does, and these processes of Firstbell.
 */
export async function startBenchParts(
  { folder, engineKeptIn, say, told, stops }: Omit<BenchOptions, 'count' | 'rounds'>,
  processes: readonly ('worker' | 'api' | 'bench bare-worker')[],
) {
  say('Starting a database, a case engine and a mail catcher');
  const { databasePassword: password, ...secrets } = secretsOf(folder);
  const [database, mail, engine] = await Promise.all([
    stops.addWhenUp(startDatabase({ folder: path.join(folder, 'postgres'), password })),
    stops.addWhenUp(startMailCatcher({ folder: path.join(folder, 'mail') })),
    stops.addWhenUp(startEngine({ folder: path.join(folder, 'temporal'), keptIn: engineKeptIn, say, signal: told })),
  ]);
  const databaseUrl = database.urlOf('firstbell');
  await migrate(databaseUrl);
  const settings = {
    ...secrets,
    DATABASE_URL: databaseUrl,
    TEMPORAL_ADDRESS: engine.address,
    TEMPORAL_NAMESPACE: 'default',
    SMTP_URL: mail.smtpUrl,
    PORT: String(await freePort()),
  };
  say(`Starting ${processes.join(' and ')}`);
  const kept = processes.map((name) => keepRunning(name, { env: { ...noSettings, ...settings }, say, stopping: stops.stopping }));
  stops.add(() => Promise.all(kept.map((one) => one.stop())));
  if (!(await whenReady(kept, 180_000))) throw new Obstacle('They were not ready in three minutes; the lines above say why.');
  const engineSide = await engineClient({
    ...settings,
    TEMPORAL_TLS: undefined,
    TEMPORAL_TLS_CERT: undefined,
    TEMPORAL_TLS_KEY: undefined,
    TEMPORAL_API_KEY: undefined,
  });
  stops.add(() => engineSide.connection.close());
  return { databaseUrl, apiUrl: `http://127.0.0.1:${settings.PORT}`, ...engineSide };
}
