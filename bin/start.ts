import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { roleTitles } from '../policy/people/roles.ts';
import { demoPassword } from '../policy/training/demo-password.ts';
import { staff } from '../policy/training/staff.ts';
import { type Command, WrongUse } from './command.ts';
import { type Given, loadGiven } from './config.ts';
import { Obstacle } from './obstacle.ts';
import { startDatabase } from './parts/database.ts';
import { startEngine } from './parts/engine.ts';
import { startMailCatcher } from './parts/mail.ts';
import { isFree } from './parts/ports.ts';
import { lockFolder, secretsOf } from './start/data-folder.ts';
import { keepRunning, whenReady } from './start/keep-running.ts';
import { prepare } from './start/prepare.ts';

export const command: Command = {
  summary: 'start everything on this machine, with a training school',
  usage: 'start [--data DIR] [--port N] [--fresh]',
  async run(argv) {
    const { values } = parseArgs({
      args: argv,
      options: { data: { type: 'string' }, port: { type: 'string' }, fresh: { type: 'boolean', default: false } },
    });
    const given = loadGiven();
    const port = values.port === undefined ? (given.PORT ?? 3000) : Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new WrongUse('--port takes a number from 1 to 65535.');
    const folder = path.resolve(values.data ?? given.FIRSTBELL_DATA);
    return start({ folder, port, fresh: values.fresh, given });
  },
};

type Stop = () => Promise<void> | void;

async function start({
  folder,
  port,
  fresh,
  given,
}: {
  folder: string;
  port: number;
  fresh: boolean;
  given: Given;
}): Promise<number> {
  const began = Date.now();
  const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  const stops: Stop[] = [];
  const signalled = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    const unlock = lockFolder(folder);
    stops.push(unlock);
    if (!(await isFree(port, given.HOST ?? '127.0.0.1')))
      throw new Obstacle(`Port ${port} is taken: stop what listens there, or choose another with --port N.`);
    if (fresh) forget(folder);
    const { env, table } = await parts({ folder, port, given, say, stops });
    await prepare(env.DATABASE_URL, say);
    say('Starting the case worker and the pages');
    const kept = (['worker', 'api'] as const).map((name) => keepRunning(name, { env, say }));
    stops.push(() => Promise.all(kept.map((one) => one.stop())).then(() => undefined));
    if (!(await whenReady(kept, 60_000)))
      say('Not everything is ready yet; the lines above say why. It is tried again by itself.');
    else say('Ready');
    console.log(`\n${table}\n`);
    await signalled;
    console.log('\nStopping');
    return 0;
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

type Env = Record<string, string> & { DATABASE_URL: string };

/** Starts each part that the environment does not bring, and says what the product's processes need to know of them. */
async function parts({
  folder,
  port,
  given,
  say,
  stops,
}: {
  folder: string;
  port: number;
  given: Given;
  say: (line: string) => void;
  stops: Stop[];
}) {
  const secrets = secretsOf(folder);
  const [database, mail, engine] = await Promise.all([
    given.DATABASE_URL
      ? undefined
      : begun(
          startDatabase({ folder: path.join(folder, 'postgres'), password: secrets.databasePassword }),
          'The database',
          say,
          stops,
        ),
    begun(startMailCatcher({ folder: path.join(folder, 'mail'), webPort: port + 1 }), 'The mail catcher', say, stops),
    given.TEMPORAL_ADDRESS
      ? undefined
      : begun(startEngine({ folder: path.join(folder, 'temporal'), say }), 'The case engine', say, stops),
  ]);
  const url = `http://localhost:${port}`;
  const env: Env = {
    ...secrets,
    PORT: String(port),
    BASE_URL: given.BASE_URL ?? url,
    DATABASE_URL: given.DATABASE_URL ?? database?.urlOf('firstbell') ?? '',
    TEMPORAL_ADDRESS: given.TEMPORAL_ADDRESS ?? engine?.address ?? '',
    SMTP_URL: given.SMTP_URL ?? mail.smtpUrl,
    MAIL_CATCHER_URL: mail.smtpUrl,
    MAIL_INBOX_URL: mail.inboxUrl,
  };
  return {
    env,
    table: table([
      ['Firstbell', url],
      ['Mail inbox', mail.inboxUrl],
      ['Case engine', engine?.uiUrl ?? given.TEMPORAL_ADDRESS ?? ''],
      ['Data', folder],
    ]),
  };
}

async function begun<T extends { stop(): Promise<void> }>(
  starting: Promise<T>,
  name: string,
  say: (line: string) => void,
  stops: Stop[],
): Promise<T> {
  const part = await starting;
  stops.push(() => part.stop());
  say(`${name} is up`);
  return part;
}

/** What --fresh throws away: the data, not the fetched engine. */
function forget(folder: string): void {
  for (const part of [
    'postgres',
    'mail',
    'temporal/engine.db',
    'temporal/engine.db-wal',
    'temporal/engine.db-shm',
    'secrets.json',
  ]) {
    const place = path.join(folder, part);
    if (existsSync(place)) rmSync(place, { recursive: true, force: true });
  }
}

function table(places: [string, string][]): string {
  const accounts = staff.filter(({ role }, i) => staff.findIndex((other) => other.role === role) === i);
  return [
    ...places.map(([name, place]) => `  ${name.padEnd(14)}${place}`),
    '',
    `  Accounts of the training school, each with the password "${demoPassword}":`,
    ...accounts.map(({ email, role }) => `  ${email.padEnd(34)}${roleTitles[role]}`),
    '',
    '  Ctrl-C stops everything.',
  ].join('\n');
}
