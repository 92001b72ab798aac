import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Obstacle } from '../obstacle.ts';
import { end, endOf, lastWords, tether } from './child.ts';
import { failure } from './failure.ts';
import { recordProcess, stopLeftover } from './leftover.ts';
import { portFor } from './ports.ts';
import { postgresBinaries } from './postgres-binaries.ts';
import { type Runner, runnerFor } from './postgres-user.ts';

export type Database = {
  /** A database on the server, by name. It is not made. */
  urlOf(name: string): string;
  /** How its server ended, when it has. */
  ended: Promise<string>;
  stop(): Promise<void>;
};

export type DatabaseOptions = { folder: string; password: string; port?: number; settings?: Record<string, string> };

/**
 * Starts the PostgreSQL that npm brought, on 127.0.0.1, with its data in `folder`. Durability is PostgreSQL's own default.
 * A server that an earlier start left on this folder is stopped first.
 */
export async function startDatabase({ folder, password, port, settings = {} }: DatabaseOptions): Promise<Database> {
  const data = path.resolve(folder);
  const record = `${data}.pid.json`;
  await stopLeftover(record, 'SIGINT');
  const binaries = postgresBinaries();
  const runner = runnerFor(data, [binaries.postgres, binaries.initdb]);
  if (!existsSync(path.join(data, 'PG_VERSION'))) await initialise(runner, binaries.initdb, data, password);
  checkVersion(data);
  rmSync(path.join(data, 'postmaster.pid'), { force: true });
  const at = await portFor('the database', port);
  const server = await listen(runner, binaries.postgres, data, { ...fixedSettings, ...settings, port: String(at) }, record);
  return {
    urlOf: (name) => `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${at}/${name}`,
    ended: endOf(server),
    async stop() {
      await end(server, 'SIGINT', 2_500);
      rmSync(record, { force: true });
    },
  };
}

const user = 'firstbell';
const major = '18';
const cure = 'see that its folder can be written and no other server uses it, or set DATABASE_URL';
const fixedSettings = { listen_addresses: '127.0.0.1', unix_socket_directories: '', timezone: 'UTC', max_connections: '200' };

/** Text is UTF-8 and sorts by PostgreSQL's own C.UTF-8, which no upgrade of the machine can change under an index. */
async function initialise(runner: Runner, initdb: string, data: string, password: string): Promise<void> {
  const secret = `${data}.password`;
  const { uid, gid } = statSync(data);
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  chownSync(secret, uid, gid);
  makeExecutable(initdb);
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const who = [`--username=${user}`, '--auth=scram-sha-256', `--pwfile=${secret}`];
  const [program, args] = runner.command(initdb, [`--pgdata=${data}`, ...locale, ...who]);
  const child = spawn(program, args, { ...runner.ids, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'] });
  const words = lastWords(child);
  const [code] = await once(child, 'close');
  rmSync(secret, { force: true });
  if (code === 0) return;
  rmSync(data, { recursive: true, force: true });
  throw failure('PostgreSQL could not make its data folder', words(), cure);
}

function checkVersion(data: string): void {
  const found = readFileSync(path.join(data, 'PG_VERSION'), 'utf8').trim();
  if (found === major) return;
  throw new Obstacle(
    `${data} was made by PostgreSQL ${found} and this is ${major}: start the version of Firstbell that made it, or use --fresh.`,
  );
}

async function listen(runner: Runner, postgres: string, data: string, settings: Record<string, string>, record: string) {
  const [program, args] = runner.command(postgres, [
    '-D',
    data,
    ...Object.entries(settings).map(([key, value]) => `--${key}=${value}`),
  ]);
  makeExecutable(postgres);
  // A group of its own: Ctrl-C in the terminal must not end the database before the processes that use it.
  const server = spawn(program, args, { ...runner.ids, cwd: '/', detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const words = lastWords(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.once('exit', () => reject(failure('PostgreSQL did not start', words(), cure)));
    server.stderr.on('data', (chunk: Buffer) => chunk.includes('ready to accept connections') && resolve());
    if (server.pid !== undefined) {
      recordProcess(record, server.pid);
      tether(server, 'INT');
    }
  });
  return server;
}

const makeExecutable = (program: string): void => {
  // Some extractors of npm packages drop the mode.
  if (existsSync(program)) tryTo(() => chmodSync(program, 0o755));
};

function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // A read-only installation that is right already.
  }
}
