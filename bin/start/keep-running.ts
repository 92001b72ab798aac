import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { end, endOf } from '../parts/child.ts';
import { keepUp } from './keep-up.ts';
import { shortLine } from './short-line.ts';

const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../firstbell.mjs' : '../firstbell.js', import.meta.url));

export type Kept = { ready: Promise<void>; stop(): Promise<void> };

type Options = { env: Record<string, string>; say: (line: string) => void; stopping: AbortSignal };

/** Runs a subcommand as a process of its own, and starts it again if it dies. `ready` when it first says so. */
export function keepRunning(name: 'api' | 'worker' | 'bench bare-worker', { env, say, stopping }: Options): Kept {
  let isReady: () => void;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  const begin = async () => {
    const child = begun(name, env, say);
    child.on('message', (message) => message === 'ready' && isReady());
    return { ended: endOf(child), stop: () => end(child, 'SIGTERM', 5_000) };
  };
  return { ready, ...keepUp({ name, begin, say, stopping }) };
}

function begun(name: string, env: Record<string, string>, say: (line: string) => void): ChildProcess {
  // A group of its own: Ctrl-C reaches this process, which then stops the others in order.
  const options = { env: { ...process.env, ...env }, detached: true };
  const child = fork(program, name.split(' '), { ...options, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  for (const stream of [child.stdout, child.stderr])
    if (stream)
      createInterface(stream).on('line', (line) => {
        const short = shortLine(line);
        if (short) say(`${name}: ${short}`);
      });
  return child;
}

/** Waits for the first of: all are ready, or a time has passed. */
export async function whenReady(kept: readonly Kept[], ms: number): Promise<boolean> {
  const late = new AbortController();
  const ready = Promise.all(kept.map((one) => one.ready)).then(() => true);
  const tooLate = pause(ms, false, { signal: late.signal, ref: false }).catch(() => false);
  const won = await Promise.race([ready, tooLate]);
  late.abort();
  return won;
}
