import path from 'node:path';
import { parseArgs } from 'node:util';
import { type Command, WrongUse } from './command.ts';
import { type Given, loadGiven } from './config.ts';
import { Obstacle } from './obstacle.ts';
import { isFree } from './parts/ports.ts';
import { forgetData, lockFolder } from './start/data-folder.ts';
import { keepRunning, whenReady } from './start/keep-running.ts';
import { prepare } from './start/prepare.ts';
import { startParts } from './start/start-parts.ts';
import { type StopList, stopList } from './start/stop-list.ts';
import { toldToStop } from './start/told-to-stop.ts';
import { whatWhere } from './start/what-where.ts';

export const command: Command = {
  summary: 'start everything on this machine, with a training school',
  usage: 'start [--data DIR] [--port N] [--fresh]',
  async run(argv) {
    const { values } = parseArgs({
      args: argv,
      options: { data: { type: 'string' }, port: { type: 'string' }, fresh: { type: 'boolean', default: false } },
    });
    const given = loadGiven();
    if (values.fresh) refuseElsewhere(given);
    const port = values.port === undefined ? (given.PORT ?? 3000) : Number(values.port);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) throw new WrongUse('--port takes a number from 1 to 65535.');
    const folder = path.resolve(values.data ?? given.FIRSTBELL_DATA);
    return start({ folder, port, fresh: values.fresh, given });
  },
};

/** What another server keeps is not ours to forget, and without its key it could never be read again. */
function refuseElsewhere({ DATABASE_URL, TEMPORAL_ADDRESS }: Given): void {
  const elsewhere = Object.entries({ DATABASE_URL, TEMPORAL_ADDRESS }).flatMap(([name, value]) => (value ? [name] : []));
  if (elsewhere.length > 0)
    throw new Obstacle(
      `--fresh forgets only what a data folder keeps, and ${elsewhere.join(' and ')} ${elsewhere.length > 1 ? 'name servers' : 'names a server'} elsewhere: start without --fresh, or unset ${elsewhere.length > 1 ? 'them' : 'it'}.`,
    );
}

type Start = { folder: string; port: number; fresh: boolean; given: Given };

/** Starts everything, waits until it is told to stop, and stops everything, the other way round. */
async function start(wanted: Start): Promise<number> {
  const began = Date.now();
  const say = (line: string) => console.log(`${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${line}`);
  const told = toldToStop();
  const stops = stopList();
  try {
    await Promise.race([raise(wanted, say, told, stops), told.promise]);
    await told.promise;
    console.log('\nStopping');
    return 0;
  } finally {
    await stops.stopAll();
  }
}

async function raise({ folder, port, fresh, given }: Start, say: (line: string) => void, told: AbortSignal, stops: StopList) {
  stops.add(lockFolder(folder));
  if (!(await isFree(port, given.HOST)))
    throw new Obstacle(`Port ${port} is taken: stop what listens there, or choose another with --port N.`);
  if (fresh) await forgetData(folder);
  const { env, places } = await startParts({ folder, port, given, say, told, stops });
  if (told.aborted) return;
  await prepare(env.DATABASE_URL, say);
  if (told.aborted) return;
  say('Starting the case worker and the pages');
  const kept = (['worker', 'api'] as const).map((name) => keepRunning(name, { env, say, stopping: stops.stopping }));
  stops.add(() => Promise.all(kept.map((one) => one.stop())));
  const ready = await whenReady(kept, 60_000);
  if (told.aborted) return;
  say(ready ? 'Ready' : 'Not everything is ready yet; the lines above say why. It is tried again by itself.');
  console.log(`\n${whatWhere([...places, ['Data', folder]])}\n`);
}
