import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { freePort } from '../../bin/parts/ports.ts';
import { demoPassword } from '../../policy/training/demo-password.ts';
import { until } from '../support/until.ts';

const parent = mkdtempSync(path.join(tmpdir(), 'firstbell-start-'));
chmodSync(parent, 0o755);
const data = path.join(parent, 'data');
const running: ChildProcess[] = [];
afterAll(async () => {
  for (const one of running) one.kill('SIGKILL');
  for (const until = Date.now() + 10_000; processesOf(data).length > 0 && Date.now() < until; ) await pause(100);
  rmSync(parent, { recursive: true, force: true });
});

type Started = { process: ChildProcess; said: () => string; port: number };

async function start({ port, folder = data }: { port?: number; folder?: string } = {}): Promise<Started> {
  const at = port ?? (await freePort());
  const PATH = `${path.resolve('.data/temporal/program/bin')}:${process.env.PATH}`;
  const args = ['bin/firstbell.mjs', 'start', '--data', folder, '--port', String(at)];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, PATH, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
  return { process: child, said: () => said, port: at };
}

/** Waits for some words; fails with all that was said if the program ends without them. */
async function says({ process: child, said }: Started, words: string): Promise<void> {
  while (!said().includes(words)) {
    if (child.exitCode !== null) throw new Error(`Ended with ${child.exitCode} and never said "${words}":\n${said()}`);
    await pause(50);
  }
}

async function ends({ process: child }: Started): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

/** The command lines of the processes that have to do with a folder, and are not dead and waiting to be buried. */
function processesOf(folder: string): string[] {
  if (!existsSync('/proc')) return [];
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.map(commandLine).filter((line) => line.includes(folder));
}

function commandLine(id: string): string {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Signs the senior attendance lead in, as a browser would. Returns the cookie. */
async function signedIn({ port }: Started): Promise<string> {
  const at = `http://127.0.0.1:${port}/sign-in`;
  const page = await fetch(at);
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const _csrf = /name="_csrf" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const body = new URLSearchParams({ _csrf, email: 'lead@oakbridge.example', password: demoPassword });
  const { headers } = await fetch(at, { method: 'POST', body, headers: { cookie }, redirect: 'manual' });
  return headers.get('set-cookie')?.split(';')[0] ?? '';
}

/** A page as it is shown, be it that the product says to try again in a minute; a fault is none. */
async function page({ port }: Started, path: string, cookie: string): Promise<string> {
  const reply = await fetch(`http://127.0.0.1:${port}${path}`, { headers: { cookie } });
  if (![200, 503].includes(reply.status)) throw new Error(`${path} answers ${reply.status}: ${await reply.text()}`);
  return reply.text();
}

/** The process that a part's own note names. */
const pidIn = (record: string): number => (JSON.parse(readFileSync(path.join(data, record), 'utf8')) as { pid: number }).pid;

/** What the database of the running start holds, asked beside the product. */
async function holds(): Promise<{ pupils: number; cases: number }> {
  const { databasePassword } = JSON.parse(readFileSync(path.join(data, 'secrets.json'), 'utf8')) as { databasePassword: string };
  const port = readFileSync(path.join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[3];
  const client = new pg.Client(`postgresql://firstbell:${databasePassword}@127.0.0.1:${port}/firstbell`);
  await client.connect();
  const count = async (table: string) =>
    (await client.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`)).rows[0]?.n ?? 0;
  const held = { pupils: await count('pupil'), cases: await count('attendance_case') };
  await client.end();
  return held;
}

describe('firstbell start', () => {
  let before = { pupils: 0, cases: 0 };

  it('brings everything up in an empty folder, and says where', async () => {
    const first = await start();
    await says(first, 'Ctrl-C stops everything');
    expect(first.said()).toContain(`http://localhost:${first.port}`);
    const health = await fetch(`http://127.0.0.1:${first.port}/health/ready`);
    expect(await health.json()).toMatchObject({ parts: { database: 'ok', engine: 'ok', worker: 'ok' } });
    before = await holds();
    expect(before.pupils).toBe(1060);
    expect(before.cases).toBeGreaterThan(0);

    const args = [
      'bin/firstbell.mjs',
      'token',
      'add',
      '--user',
      'office@oakbridge.example',
      '--label',
      'nightly',
      '--data',
      data,
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args, { env: { PATH: process.env.PATH } });
    const headers = { Authorization: `Bearer ${stdout.trim()}` };
    const pupils = await fetch(`http://127.0.0.1:${first.port}/api/v1/register/pupils`, { headers });
    expect([pupils.status, ((await pupils.json()) as { rows: unknown[] }).rows.length]).toEqual([200, 50]);

    const beside = await start();
    expect(await ends(beside)).toBe(1);
    expect(beside.said()).toMatch(/^Another start \(process \d+\) uses .*--data DIR\.\n$/);

    first.process.kill('SIGKILL');
    await ends(first);
  });

  let second: Started;

  it('starts again at once after a kill -9 with all it had', async () => {
    second = await start();
    await says(second, 'Ctrl-C stops everything');
    expect(second.said()).not.toContain('Making the training school');
    expect(await holds()).toEqual(before);
  });

  it.each([
    ['The database', 'postgres.pid.json'],
    ['The case engine', 'temporal/engine.pid.json'],
    ['The mail catcher', 'mail/mail.pid.json'],
  ])('starts a part again that was killed, on its own port, with its data: %s', async (part, record) => {
    const mails = /Mail inbox\s+(\S+)/.exec(second.said())?.[1] ?? '';
    const cookie = await signedIn(second);
    process.kill(pidIn(record), 'SIGKILL');
    await says(second, `${part} ended (SIGKILL); starting it again in 1 s`);
    await says(second, `${part} is up again`);
    await until(async () => (await fetch(`http://127.0.0.1:${second.port}/health/ready`)).ok);
    await until(async () => (await page(second, '/inbox', cookie)).includes('/proposals/'));
    expect((await fetch(`${mails}/api/email`)).status).toBe(200);
    expect(await holds()).toEqual(before);
  });

  it('stops leaving nobody behind', async () => {
    second.process.kill('SIGTERM');
    expect(await ends(second)).toBe(0);
    expect(second.said().split('Stopping')[1]).not.toMatch(/starting it again/);
    expect(processesOf(data)).toEqual([]);
    expect(readdirSync(data).sort()).toEqual(['mail', 'postgres', 'secrets.json', 'temporal']);
  });

  it('stops at once and in order when told while it still starts', async () => {
    const folder = path.join(parent, 'told-early');
    const early = await start({ folder });
    await says(early, ' s  ');
    early.process.kill('SIGINT');
    expect(await ends(early)).toBe(0);
    expect(processesOf(folder)).toEqual([]);
  });

  it('names a port that is taken, and how to choose another', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as { port: number };
    const refused = await start({ port, folder: path.join(parent, 'port-taken') });
    expect(await ends(refused)).toBe(1);
    expect(refused.said()).toBe(`Port ${port} is taken: stop what listens there, or choose another with --port N.\n`);
    taken.close();
  });
});
