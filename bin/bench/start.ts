import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkout } from '../checkout.ts';
import { noSettings } from '../config.ts';
import { Obstacle } from '../obstacle.ts';
import { end, hasEnded, lastWords } from '../parts/child.ts';
import { engineProgram } from '../parts/engine-program.ts';
import { freePort } from '../parts/ports.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { type Figure, figure } from './figure.ts';
import { median } from './quantile.ts';

/**
 * How long `firstbell start` takes, from its command to the first page: in an empty data folder, and again in the same. A
 * checkout is copied first, without anything made in it and with caches of its own, so that the first start builds
 * it as it does after `npm ci`; what the machine keeps of files in memory is as it happens to be. Fetching
 * the case engine depends on the network and is a figure of its own: 0 when it is here already.
 */
export const bench: Bench = {
  summary: 'the first start in an empty data folder, the second in the same, and stopping',
  usual: { count: 0, rounds: 3 },
  async run(options) {
    const engine = await theEngine(options);
    const rounds: Round[] = [];
    for (let round = 1; round <= options.rounds; round++) {
      options.say(`Round ${round} of ${options.rounds}`);
      rounds.push(await oneRound(options, path.join(options.folder, String(round)), path.dirname(engine.program)));
    }
    const seconds = (name: string, of: (round: Round) => number, aim: Figure['aim']) =>
      figure({ name, unit: 's', value: median(rounds.map(of)), aim });
    return [
      figure({ name: 'engine fetched', unit: 's', value: engine.seconds, note: engine.note }),
      seconds('first start to ready page', ({ first }) => first, 'value <= 25'),
      seconds('second start to ready page', ({ second }) => second, 'value <= 8'),
      seconds('stop', ({ stop }) => stop, 'value <= 10'),
    ];
  },
};

/** The engine's program, fetched if it is not here yet. */
async function theEngine({ engineKeptIn, say, told }: BenchOptions) {
  let fetched = false;
  const began = performance.now();
  const program = await engineProgram({
    folder: engineKeptIn,
    signal: told,
    say: (line) => {
      fetched = true;
      say(line);
    },
  });
  return { program, seconds: fetched ? secondsSince(began) : 0, note: fetched ? '' : 'it was here already' };
}

type Round = { first: number; second: number; stop: number };

/** `stop` is the slower of the two. */
async function oneRound(options: BenchOptions, folder: string, engineFolder: string): Promise<Round> {
  mkdirSync(path.join(folder, 'caches'), { recursive: true });
  const program = freshProgram(folder);
  const start = async (): Promise<{ took: number; stop: number }> => {
    const port = await freePort();
    const began = performance.now();
    const child = spawn(process.execPath, [program, 'start', '--data', path.join(folder, 'data'), '--port', String(port)], {
      cwd: folder,
      env: {
        ...process.env,
        ...noSettings,
        TMPDIR: path.join(folder, 'caches'),
        PATH: [engineFolder, process.env.PATH].join(path.delimiter),
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    options.stops.add(() => end(child, 'SIGTERM', 15_000));
    await readyPage(child, `http://127.0.0.1:${port}`, options.told);
    const took = secondsSince(began);
    const toldAt = performance.now();
    await end(child, 'SIGTERM', 15_000);
    return { took, stop: secondsSince(toldAt) };
  };
  const first = await start();
  options.say(`First start: ${first.took.toFixed(1)} s`);
  const second = await start();
  options.say(`Second start: ${second.took.toFixed(1)} s`);
  return { first: first.took, second: second.took, stop: Math.max(first.stop, second.stop) };
}

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** The program of a checkout as it is after `npm ci`, copied; a built tree alone is complete and runs where it is. */
function freshProgram(folder: string): string {
  const root = fileURLToPath(checkout);
  if (!existsSync(path.join(root, 'bin/firstbell.mjs'))) return fileURLToPath(new URL('../firstbell.js', import.meta.url));
  const copy = path.join(folder, 'checkout');
  const parts = ['activities', 'api', 'bin', 'policy', 'prisma', 'workflows'];
  const made = path.join(root, 'prisma/generated');
  const settings = ['package.json', 'prisma.config.ts', 'tsconfig.json', 'tsconfig.build.json'];
  for (const part of [...parts, ...settings])
    cpSync(path.join(root, part), path.join(copy, part), { recursive: true, filter: (from) => from !== made });
  symlinkSync(path.join(root, 'node_modules'), path.join(copy, 'node_modules'));
  return path.join(copy, 'bin/firstbell.mjs');
}

/** Waits until every part says that it is ready and the page to sign in is served. */
async function readyPage(child: ChildProcess, url: string, told: AbortSignal): Promise<void> {
  const words = lastWords(child);
  for (const until = Date.now() + 180_000; !((await serves(`${url}/health/ready`)) && (await serves(`${url}/sign-in`))); ) {
    if (hasEnded(child)) throw new Obstacle(`The start ended before it was ready. It said:\n${words()}`);
    if (Date.now() > until) throw new Obstacle(`The start was not ready in 3 minutes. It said:\n${words()}`);
    await pause(100, undefined, { signal: told });
  }
}

async function serves(url: string): Promise<boolean> {
  try {
    const { ok, body } = await fetch(url);
    await body?.cancel();
    return ok;
  } catch {
    return false;
  }
}
