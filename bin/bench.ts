import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Bench } from './bench/bench.ts';
import { type Figure, toJson, toTable } from './bench/figure.ts';
import { type Command, WrongUse } from './command.ts';
import { loadGiven } from './config.ts';
import { serve } from './serve.ts';
import { stopList } from './start/stop-list.ts';
import { toldToStop } from './start/told-to-stop.ts';

const benches: Record<string, () => Promise<{ bench: Bench }>> = {
  start: () => import('./bench/start.ts'),
  cases: () => import('./bench/cases.ts'),
  register: () => import('./bench/register.ts'),
  simulate: () => import('./bench/simulate.ts'),
};

export const command: Command = {
  summary:
    'measure this machine: how fast Firstbell starts (start), opens cases and takes approvals (cases), takes registers in (register), tries policies on a year (simulate)',
  usage: `bench ${Object.keys(benches).join('|')} [--count N] [--rounds N] [--json]`,
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: { count: { type: 'string' }, rounds: { type: 'string' }, json: { type: 'boolean', default: false } },
    });
    const [name = ''] = positionals;
    if (name === 'bare-worker') return serve('bare-worker', (await import('./bench/cases/bare-worker.ts')).startBareWorker);
    const load = Object.hasOwn(benches, name) ? benches[name] : undefined;
    if (!load || positionals.length > 1) throw new WrongUse(`Name one bench: ${Object.keys(benches).join(', ')}.`);
    const { bench } = await load();
    if (bench.usual.count === 0 && values.count !== undefined) throw new WrongUse(`bench ${name} takes no --count.`);
    const sizes = {
      count: bench.usual.count === 0 ? 0 : wholeNumber('--count', values.count, bench.usual.count),
      rounds: wholeNumber('--rounds', values.rounds, bench.usual.rounds),
    };
    const figures = await measured(bench, sizes);
    if (!figures) return 1;
    console.log(values.json ? figures.map(toJson).join('\n') : toTable(figures));
    return 0;
  },
};

function wholeNumber(option: string, given: string | undefined, usual: number): number {
  const number = given === undefined ? usual : Number(given);
  if (!Number.isInteger(number) || number < 1) throw new WrongUse(`${option} takes a whole number from 1.`);
  return number;
}

/** Runs a bench in a folder of its own beside the data, on the same disk, and leaves nothing behind. Null if it was told to stop. */
async function measured(bench: Bench, sizes: Bench['usual']): Promise<Figure[] | null> {
  const data = path.resolve(loadGiven().FIRSTBELL_DATA);
  mkdirSync(data, { recursive: true });
  const folder = mkdtempSync(path.join(data, 'bench-'));
  const began = Date.now();
  const say = (line: string) => console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(6)} s  ${line}`);
  const told = toldToStop();
  const stops = stopList();
  stops.add(() => rmSync(folder, { recursive: true, force: true }));
  try {
    const running = bench.run({ ...sizes, folder, engineKeptIn: path.join(data, 'temporal'), say, told, stops });
    const figures = await Promise.race([running, told.promise.then(() => null)]);
    // What it has under way ends first: the parts must not vanish under it.
    if (!figures) await Promise.race([running.catch(() => undefined), pause(5_000, undefined, { ref: false })]);
    return figures;
  } finally {
    await stops.stopAll();
  }
}
