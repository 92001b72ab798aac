import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openCases } from '../activities/matter/open-cases.ts';
import { importRegisterFile } from '../activities/register/import-register-file.ts';
import type { ImportDeps } from '../activities/register/import-result.ts';
import { mappingOf } from '../activities/register/reading/presets.ts';
import { Refusal } from '../policy/refusal.ts';
import { type ImportKind, importKinds } from '../policy/register/csv-forms.ts';
import { type Mapping, mustBeFor } from '../policy/register/mapping/mapping.ts';
import { connect } from '../prisma/client.ts';
import { todayAt } from '../prisma/school-clock.ts';
import { type Command, WrongUse } from './command.ts';
import { loadGiven } from './config.ts';
import { importCalendar } from './import-calendar.ts';
import { Obstacle } from './obstacle.ts';
import { runningDatabase } from './running-database.ts';
import { schoolNamed } from './school-named.ts';

export const command: Command = {
  summary: 'take pupils, contacts, marks or the calendar of a school from a file: all of it, or nothing',
  usage:
    'import pupils|contacts|marks FILE --school SCHOOL [--mapping NAME_OR_FILE] [--limit-mb N] [--wait SECONDS] [--data DIR], or: import calendar FILE --school SCHOOL [--replace] [--make] [--reason TEXT] [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        school: { type: 'string' },
        data: { type: 'string' },
        mapping: { type: 'string' },
        'limit-mb': { type: 'string', default: '200' },
        wait: { type: 'string', default: '30' },
        replace: { type: 'boolean', default: false },
        make: { type: 'boolean', default: false },
        reason: { type: 'string', default: 'A calendar file was read' },
      },
    });
    const [kind, file] = positionals;
    if (kind !== 'calendar' && !isKind(kind))
      throw new WrongUse(`Say what is in the file: ${[...importKinds, 'calendar'].join(', ')}.`);
    if (!file || positionals.length > 2) throw new WrongUse('Name one file.');
    if (!values.school) throw new WrongUse('Name the school with --school.');
    const limitMb = Number(values['limit-mb']);
    if (!(limitMb > 0)) throw new WrongUse('--limit-mb takes a number of megabytes.');
    if (!existsSync(file)) throw new Obstacle(`There is no file ${file}: look at its name and folder.`);
    const waitSeconds = Number(values.wait);
    if (!(waitSeconds >= 0)) throw new WrongUse('--wait takes a number of seconds to wait for another import of the school.');
    const given = loadGiven();
    const url = runningDatabase(given, path.resolve(values.data ?? given.FIRSTBELL_DATA));
    if (kind === 'calendar') {
      const { school: schoolId, replace, make, reason } = values;
      const { taken, lines } = await importCalendar(url, file, { schoolId, mode: replace ? 'replace' : 'add', make, reason });
      console.log(lines.join('\n'));
      return taken ? 0 : 1;
    }
    const mapping = values.mapping === undefined ? undefined : mappingGiven(values.mapping, kind);
    return print(
      await take(url, kind, file, {
        schoolId: values.school,
        limitBytes: limitMb * 1_000_000,
        mapping,
        lockWaitMs: waitSeconds * 1_000,
      }),
    );
  },
};

const isKind = (text: string | undefined): text is ImportKind => importKinds.some((kind) => kind === text);

type Taking = { schoolId: string; limitBytes: number; mapping: Mapping | undefined; lockWaitMs: number };

function mappingGiven(nameOrFile: string, kind: ImportKind): Mapping {
  try {
    const mapping = mappingOf(nameOrFile);
    mustBeFor(mapping, kind);
    return mapping;
  } catch (error) {
    throw error instanceof Refusal ? new Obstacle(error.message) : error;
  }
}

async function take(url: string, kind: ImportKind, file: string, { schoolId, limitBytes, mapping, lockWaitMs }: Taking) {
  const db = connect(url);
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  try {
    const school = await schoolNamed(db, schoolId);
    const deps: ImportDeps = { db, pool, lockWaitMs, openCases: (tx, opening) => openCases(tx, Date.now(), opening) };
    return await importRegisterFile(kind, deps, createReadStream(file), {
      schoolId,
      fileName: path.basename(file),
      by: null,
      on: todayAt(school, Date.now()),
      limitBytes,
      mapping,
      onProgress: ({ rows }) => {
        if (process.stderr.isTTY) process.stderr.write(`\r${rows.toLocaleString('en-GB')} rows read`);
      },
    });
  } finally {
    if (process.stderr.isTTY) process.stderr.write('\r\u001B[K');
    await Promise.all([db.$disconnect(), pool.end()]);
  }
}

const shown = 50;

function print({ status, says, problems, how }: Awaited<ReturnType<typeof importRegisterFile>>): number {
  console.log(`${says}.`);
  for (const note of how.notes) console.log(`  ${note}.`);
  for (const { file, row, column, value, cure } of problems.slice(0, shown)) {
    const where = [file, `row ${row}`, ...(column ? [column] : [])].join(', ');
    console.log(`  ${where}${value ? `, "${value}"` : ''}: ${cure}.`);
  }
  if (problems.length > shown) console.log(`  … and ${problems.length - shown} more: the imports page lists them.`);
  return status === 'done' ? 0 : 1;
}
