import { existsSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { counted } from '../policy/counted.ts';
import type { ImportKind } from '../policy/register/csv-forms.ts';
import type { Mapping } from '../policy/register/mapping/mapping.ts';
import { type Command, WrongUse } from './command.ts';
import { mappingGiven } from './import/mapping-given.ts';
import { type Into, importingInto } from './importing.ts';
import { Obstacle } from './obstacle.ts';
import { databaseNamed } from './running-database.ts';
import { toldToStop } from './start/told-to-stop.ts';
import { laidIn } from './watch/laid-in.ts';
import { messageOf, takeIn } from './watch/take-in.ts';

/** Another import of the school may run: nobody waits at this command. */
const lockWaitMs = 15 * 60_000;

export const command: Command = {
  summary: 'import each file that is laid in a folder, as a nightly job lays it there',
  usage: 'watch FOLDER --school SCHOOL [--mapping NAME_OR_FILE]... [--reason TEXT] [--every SECONDS] [--once] [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        school: { type: 'string' },
        mapping: { type: 'string', multiple: true, default: [] },
        reason: { type: 'string' },
        every: { type: 'string', default: '10' },
        once: { type: 'boolean', default: false },
        data: { type: 'string' },
      },
    });
    const [folder] = positionals;
    if (!folder || positionals.length > 1) throw new WrongUse('Name one folder.');
    if (!values.school) throw new WrongUse('Name the school with --school.');
    const seconds = Number(values.every);
    if (!(seconds >= 1)) throw new WrongUse('--every takes a number of seconds, from 1.');
    if (!existsSync(folder)) throw new Obstacle(`There is no folder ${folder}: make it, or look at its name.`);
    const url = databaseNamed(values.data);
    return importingInto({ url, schoolId: values.school, lockWaitMs }, async (into) => {
      const mappings = await aKindEach(values.mapping, into);
      const look = laidIn(folder, { settled: values.once });
      const all = async () => takeIn(folder, await look(), { ...into, mappings, reason: values.reason });
      return values.once ? all() : watch(folder, seconds, all);
    });
  },
};

/** The mappings that were named, by what they read: of two for one kind nobody knows which is meant. */
async function aKindEach(named: readonly string[], into: Into): Promise<ReadonlyMap<ImportKind, Mapping>> {
  const byKind = new Map<ImportKind, Mapping>();
  for (const name of named) {
    const mapping = await mappingGiven(name, into);
    const other = byKind.get(mapping.kind);
    if (other) throw new WrongUse(`Both "${other.mapping}" and "${mapping.mapping}" are for ${mapping.kind}: name one.`);
    byKind.set(mapping.kind, mapping);
  }
  return byKind;
}

/** Looks again and again until it is told to stop; what has begun is finished first. */
async function watch(folder: string, seconds: number, all: () => Promise<unknown>): Promise<number> {
  const stop = toldToStop();
  console.log(`Watching ${folder}, every ${counted(seconds, 'second')}. Ctrl-C ends it.`);
  while (!stop.aborted) {
    // The folder may be a share that is away for a moment: whoever lays files there relies on its being looked at again.
    await all().catch((error) =>
      console.error(`${new Date().toISOString()} ${folder} will be looked at again: ${messageOf(error)}`),
    );
    await Promise.race([stop.promise, pause(seconds * 1_000)]);
  }
  return 0;
}
