import type { Logger } from 'pino';
import { lackingMigrations } from '../prisma/migrate.ts';
import type { Config } from './config.ts';
import { loadConfig } from './config.ts';
import { logger } from './log.ts';
import { Obstacle } from './obstacle.ts';

export type Running = { stop(): Promise<void> };

/** Runs one part of the product until it is told to stop: by a signal, or because the process that started it has gone. */
export async function serve(name: string, start: (config: Config, log: Logger) => Promise<Running>): Promise<number> {
  const config = loadConfig();
  await refuseUnmigrated(config.DATABASE_URL);
  const log = logger(name, config.LOG_LEVEL);
  const running = await start(config, log);
  log.info('Ready');
  process.send?.('ready');
  await toldOrOrphaned();
  log.info('Stopping');
  await running.stop();
  // The channel to the process that started this one would keep it alive.
  if (process.connected) process.disconnect();
  return 0;
}

/** On tables that are not there nothing would work, although all seems to run: whoever starts it hears so, and the cure. */
async function refuseUnmigrated(databaseUrl: string): Promise<void> {
  const [first, ...more] = await lackingMigrations(databaseUrl);
  if (first === undefined) return;
  const lacking = more.length === 0 ? first : `${first} and ${more.length} more`;
  throw new Obstacle(
    `The database is not migrated to this version (it lacks ${lacking}): run "firstbell migrate", then start again.`,
  );
}

function toldOrOrphaned(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve());
    if (process.channel === null) resolve();
  });
}
