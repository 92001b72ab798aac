import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { aSchool } from './school.ts';

/** `firstbell worker` as a process of its own for a school, ready; it can be killed as nothing inside a process can. */
export async function workerOf({ config }: Pick<Awaited<ReturnType<typeof aSchool>>, 'config'>) {
  const { PATH, HOME, TZ } = process.env;
  const settings = { ...config, SESSION_SECRET: 'a secret of the tests, long enough' } as Record<string, unknown>;
  const env = Object.fromEntries(Object.entries({ PATH, HOME, TZ, ...settings }).filter(([, value]) => value !== undefined));
  const child = spawn(process.execPath, ['bin/firstbell.mjs', 'worker'], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr]) if (stream) createInterface(stream).on('line', (line) => said.push(line));
  const over = new AbortController();
  const ready = once(child, 'message', { signal: over.signal });
  const ended = once(child, 'exit', { signal: over.signal }).then(() => {
    throw new Error(`The worker ended before it was ready:\n${said.join('\n')}`);
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
