import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { end } from '../parts/child.ts';

const program = fileURLToPath(new URL(import.meta.url.endsWith('.ts') ? '../firstbell.mjs' : '../firstbell.js', import.meta.url));

export type Kept = { ready: Promise<void>; stop(): Promise<void> };

type Options = { env: Record<string, string>; say: (line: string) => void };

/** Runs a subcommand as a process of its own and starts it again if it dies, after 1, 2, 4 … 30 seconds. */
export function keepRunning(name: 'api' | 'worker', { env, say }: Options): Kept {
  let stopping = false;
  let child: ChildProcess | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let deaths = 0;
  const ready = new Promise<void>((resolve) => {
    const begin = () => {
      const began = Date.now();
      // A group of its own: Ctrl-C reaches this process, which then stops the others in order.
      child = fork(program, [name], {
        env: { ...process.env, ...env },
        detached: true,
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      });
      child.stderr?.on('data', (chunk: Buffer) => say(`${name}: ${chunk.toString('utf8').trim()}`));
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
      if (child) await end(child, 'SIGTERM', 7_000);
    },
  };
}

/** Waits for the first of: all are ready, or a time has passed. */
export async function whenReady(kept: readonly Kept[], ms: number): Promise<boolean> {
  const late = new AbortController();
  const ready = Promise.all(kept.map((one) => one.ready)).then(() => true);
  const timer = once(AbortSignal.any([late.signal, AbortSignal.timeout(ms)]), 'abort').then(() => false);
  const won = await Promise.race([ready, timer]);
  late.abort();
  return won;
}
