import { type ChildProcess, fork } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { end } from '../parts/child.ts';
import { shortLine } from './short-line.ts';

const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../firstbell.mjs' : '../firstbell.js', import.meta.url));

export type Kept = { ready: Promise<void>; stop(): Promise<void> };

type Options = { env: Record<string, string>; say: (line: string) => void };

/** Runs a subcommand as a process of its own and starts it again if it dies, after 1, 2, 4 … 30 seconds. */
export function keepRunning(name: 'api' | 'worker' | 'bench bare-worker', { env, say }: Options): Kept {
  let stopping = false;
  let child: ChildProcess | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let deaths = 0;
  const ready = new Promise<void>((resolve) => {
    const begin = () => {
      const began = Date.now();
      child = begun(name, env, say);
      child.on('message', (message) => message === 'ready' && resolve());
      child.once('exit', (code, signal) => {
        if (stopping) return;
        deaths = Date.now() - began > 60_000 ? 0 : deaths + 1;
        const seconds = Math.min(30, 2 ** Math.max(0, deaths - 1));
        say(`${name} ended (${signal ?? `code ${code}`}); starting it again in ${seconds} s`);
        waiting = setTimeout(begin, seconds * 1000);
      });
    };
    begin();
  });
  return {
    ready,
    async stop() {
      stopping = true;
      clearTimeout(waiting);
      if (child) await end(child, 'SIGTERM', 5_000);
    },
  };
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
