import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Ends a server if this process dies without a word: a shell waits on a pipe that only we hold open. Not for durability
 * (the next start stops what is left), but so that a killed start or test run leaves no server running.
 */
export function tether(server: ChildProcess, signal: 'INT' | 'TERM'): void {
  const shell = spawn('/bin/sh', ['-c', `read _; kill -${signal} "$0"`, String(server.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  shell.on('error', () => undefined);
  shell.unref();
  server.once('exit', () => shell.kill('SIGKILL'));
}

/** Asks a child to end, insists after a while, and answers when it has ended. */
export async function end(child: ChildProcess, signal: NodeJS.Signals, graceMs: number): Promise<void> {
  if (hasEnded(child)) return;
  const insist = setTimeout(() => child.kill('SIGKILL'), graceMs);
  const ended = once(child, 'exit');
  child.kill(signal);
  await ended;
  clearTimeout(insist);
}

/** Says, when a child has ended, by which signal or with which code; or why it never began. */
export const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('exit', (code, signal) => resolve(signal ?? `code ${code}`));
    child.once('error', (error) => child.pid === undefined && resolve(error.message));
  });

/** True if the child is no longer there. */
export const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Keeps the last lines that a child said, to explain why it failed. */
export function lastWords(child: ChildProcess, lines = 40): () => string {
  let kept = '';
  const hear = (chunk: Buffer) => {
    kept = (kept + chunk.toString('utf8'))
      .split('\n')
      .slice(-lines - 1)
      .join('\n');
  };
  child.stdout?.on('data', hear);
  child.stderr?.on('data', hear);
  return () => kept.trim();
}

type Ending = { code: number | null; words: string };

/** Runs a program to its end, and keeps its last words. `signal` ends it before. */
export async function ended(program: string, args: string[], { signal, ...options }: SpawnOptions): Promise<Ending> {
  const child = spawn(program, args, {
    ...options,
    ...(signal ? { signal } : {}),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const words = lastWords(child);
  child.on('error', () => undefined);
  const [code] = (await once(child, 'close')) as [number | null];
  signal?.throwIfAborted();
  return { code, words: words() };
}
