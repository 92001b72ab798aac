import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { end, endOf, hasEnded, lastWords, tether } from './child.ts';
import { engineProgram } from './engine-program.ts';
import { failure } from './failure.ts';
import { recordedProcess, recordProcess, stopLeftover } from './leftover.ts';
import { answers, portFor } from './ports.ts';

export type Engine = {
  address: string;
  uiUrl: string;
  /** How its server ended, when it has. */
  ended: Promise<string>;
  stop(): Promise<void>;
};
export type EngineOptions = {
  folder: string;
  /** Where a fetched program is kept, if not in `folder`. */
  keptIn?: string;
  port?: number;
  uiPort?: number;
  /** Namespaces beside `default`. */
  namespaces?: readonly string[];
  say?: (progress: string) => void;
  /** Gives up fetching the program. */
  signal?: AbortSignal;
};

/**
 * Starts Temporal's dev server with its state in `folder`, found on the PATH, kept from an earlier start, or fetched. What
 * it acknowledges is on the disk before it says so.
 */
export async function startEngine({
  folder,
  keptIn = folder,
  port,
  uiPort,
  namespaces = [],
  say = () => undefined,
  signal,
}: EngineOptions): Promise<Engine> {
  mkdirSync(folder, { recursive: true });
  const record = recordIn(folder);
  await stopLeftover(record, 'SIGTERM');
  const program = await engineProgram({ folder: keptIn, say, signal });
  const at = await portFor('the case engine', port);
  const ui = await portFor('the case engine’s pages', uiPort);
  const server = spawn(
    program,
    [...flags(path.join(folder, 'engine.db'), at, ui), ...namespaces.flatMap((name) => ['--namespace', name])],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  const words = lastWords(server);
  server.once('error', () => undefined);
  if (server.pid !== undefined) {
    recordProcess(record, server.pid);
    tether(server, 'TERM');
  }
  for (const until = Date.now() + 30_000; !(await answers(at)); await pause(50)) {
    if (hasEnded(server) || Date.now() > until)
      throw failure('The case engine did not start', words(), 'free its port or its folder, or set TEMPORAL_ADDRESS');
  }
  const address = `127.0.0.1:${at}`;
  writeFileSync(noteIn(folder), address);
  return {
    address,
    uiUrl: `http://127.0.0.1:${ui}`,
    ended: endOf(server),
    async stop() {
      await end(server, 'SIGTERM', 2_000);
      for (const file of [record, noteIn(folder)]) rmSync(file, { force: true });
    },
  };
}

const recordIn = (folder: string): string => path.join(folder, 'engine.pid.json');
const noteIn = (folder: string): string => path.join(folder, 'engine.address');

/** Where the engine answers that runs on this folder, for commands beside a start; undefined if none runs. */
export const runningEngineIn = (folder: string): string | undefined =>
  recordedProcess(recordIn(folder)) !== undefined && existsSync(noteIn(folder))
    ? readFileSync(noteIn(folder), 'utf8')
    : undefined;

const flags = (file: string, port: number, ui: number): string[] => [
  ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(ui), '--log-level', 'error'],
  ...['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
  ...['--search-attribute', 'FirstbellStage=Keyword', '--search-attribute', 'FirstbellSchool=Keyword'],
];
