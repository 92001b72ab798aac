import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { aSchool } from './school.ts';

type School = Pick<Awaited<ReturnType<typeof aSchool>>, 'config'>;

/** `firstbell worker` as a process of its own for a school, ready; it can be killed as nothing inside a process can. */
export const workerOf = (school: School) => partOf(school, 'worker');

/** `firstbell api` as such a process. */
export const apiProcessOf = (school: School, PORT: number) =>
  partOf(school, 'api', { HOST: '127.0.0.1', PORT, BASE_URL: `http://127.0.0.1:${PORT}` });

async function partOf({ config }: School, part: string, more: object = {}) {
  const { PATH, HOME, TZ } = process.env;
  const settings = { ...config, ...more, SESSION_SECRET: 'a secret of the tests, long enough' } as Record<string, unknown>;
  const env = Object.fromEntries(Object.entries({ PATH, HOME, TZ, ...settings }).filter(([, value]) => value !== undefined));
  const child = spawn(process.execPath, ['bin/firstbell.mjs', part], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', (line) => said.push(line));
  const over = new AbortController();
  const ready = once(child, 'message', { signal: over.signal });
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`The ${part} ended before it was ready:\n${said.join('\n')}`);
  });
  await Promise.race([ready, ended]);
  over.abort();
  return { kill: () => gone(child, 'SIGKILL'), stop: () => gone(child, 'SIGTERM') };
}

async function gone(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
}
