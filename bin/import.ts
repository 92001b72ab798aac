import { createReadStream, existsSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { importRegisterFile, type LookOrder, lookAtRegisterFile } from '../activities/register/import-register-file.ts';
import { started } from '../activities/register/import-row.ts';
import { inThousands } from '../policy/counted.ts';
import { whyCorrected } from '../policy/register/correction.ts';
import { type ImportKind, importKinds } from '../policy/register/csv-forms.ts';
import { guess } from '../policy/register/file-how.ts';
import type { Mapping } from '../policy/register/mapping/mapping.ts';
import { correctedWithoutReason } from '../prisma/changed-rows.ts';
import { type Command, WrongUse } from './command.ts';
import { cancelledByCtrlC } from './import/cancelled-by-ctrl-c.ts';
import { importEachSchool } from './import/each-school.ts';
import { lookLines, problemLines } from './import/lines.ts';
import { mappingGiven } from './import/mapping-given.ts';
import { runBy } from './import/run-by.ts';
import { importCalendar } from './import-calendar.ts';
import { type Into, importingInto } from './importing.ts';
import { Obstacle } from './obstacle.ts';
import { databaseNamed } from './running-database.ts';

export const command: Command = {
  summary: 'take pupils, contacts, marks or the calendar of a school from a file: all of it, or nothing',
  usage:
    'import pupils|contacts|marks FILE --school SCHOOL [--mapping NAME_OR_FILE] [--reason TEXT] [--preview] [--limit-mb N] [--wait SECONDS] [--data DIR], or: import pupils|contacts|marks FOLDER|FILE... --each-school [--mapping NAME_OR_FILE] [--reason TEXT] [--limit-mb N] [--wait SECONDS] [--data DIR], or: import calendar FILE --school SCHOOL [--replace] [--make] [--reason TEXT] [--data DIR]',
  async run(argv) {
    const { values, positionals } = parseArgs({
      args: argv,
      allowPositionals: true,
      options: {
        school: { type: 'string' },
        'each-school': { type: 'boolean', default: false },
        data: { type: 'string' },
        mapping: { type: 'string' },
        'limit-mb': { type: 'string', default: '200' },
        wait: { type: 'string', default: '30' },
        preview: { type: 'boolean', default: false },
        replace: { type: 'boolean', default: false },
        make: { type: 'boolean', default: false },
        reason: { type: 'string' },
      },
    });
    const [kind, file, ...others] = positionals;
    if (kind !== 'calendar' && !isKind(kind))
      throw new WrongUse(`Say what is in the file: ${[...importKinds, 'calendar'].join(', ')}.`);
    const each = values['each-school'] && kind !== 'calendar' && !values.preview && !values.school;
    if (values['each-school'] && !each)
      throw new WrongUse(
        '--each-school is for files of pupils, contacts or marks that are named for their schools, without --preview.',
      );
    if (!file || (others.length > 0 && !each)) throw new WrongUse('Name one file.');
    if (!values.school && !each) throw new WrongUse('Name the school with --school, or files for several with --each-school.');
    const limitMb = Number(values['limit-mb']);
    if (!(limitMb > 0)) throw new WrongUse('--limit-mb takes a number of megabytes.');
    if (!existsSync(file)) throw new Obstacle(`There is no file ${file}: look at its name and folder.`);
    const waitSeconds = Number(values.wait);
    if (!(waitSeconds >= 0)) throw new WrongUse('--wait takes a number of seconds to wait for another import of the school.');
    const url = databaseNamed(values.data);
    const lockWaitMs = waitSeconds * 1_000;
    if (each)
      return importEachSchool(kind, [file, ...others], {
        url,
        lockWaitMs,
        limitBytes: limitMb * 1_000_000,
        mapping: values.mapping,
        reason: values.reason,
      });
    const { school: schoolId = '' } = values;
    if (kind === 'calendar') {
      const { replace, make, reason = 'A calendar file was read' } = values;
      const { taken, lines } = await importCalendar(url, file, { schoolId, mode: replace ? 'replace' : 'add', make, reason });
      console.log(lines.join('\n'));
      return taken ? 0 : 1;
    }
    return importingInto({ url, schoolId, lockWaitMs }, async (into) => {
      const mapping = values.mapping === undefined ? undefined : await mappingGiven(values.mapping, into, kind);
      const read = { fileName: path.basename(file), limitBytes: limitMb * 1_000_000, mapping, onProgress, reason: values.reason };
      const reading = cancelledByCtrlC(into.deps.db)(schoolId, async (importId) => {
        const from = { ...read, importId };
        return values.preview ? preview(kind, file, from, into) : print(await take(kind, file, from, into));
      });
      return reading.finally(clearProgress);
    });
  },
};

const isKind = (text: string | undefined): text is ImportKind => importKinds.some((kind) => kind === text);

type From = Pick<LookOrder, 'importId' | 'limitBytes' | 'fileName' | 'onProgress' | 'reason'> & { mapping: Mapping | undefined };

const byCommand = () => ({ by: null, via: runBy('firstbell import') });

const take = (kind: ImportKind, file: string, from: From, { deps, schoolId, today }: Into) =>
  today().then((on) => {
    const reason = whyCorrected(from);
    return importRegisterFile(kind, deps, () => createReadStream(file), { ...from, ...byCommand(), reason, schoolId, on });
  });

/** Only looks at what the file would do: it stays to be taken with take-import, or on the imports page. */
async function preview(kind: ImportKind, file: string, from: From, { deps, schoolId, today }: Into): Promise<number> {
  const { importId } = from;
  await started(deps.db, importId, kind, 'waiting', { ...from, ...byCommand(), schoolId });
  const order: LookOrder = { ...from, ...byCommand(), schoolId, on: await today(), mapping: from.mapping ?? guess };
  await lookAtRegisterFile(kind, deps, () => createReadStream(file), order);
  const looked = await deps.db.registerImport.findUniqueOrThrow({ where: { id: importId } });
  const lines = lookLines(looked, await correctedWithoutReason(deps.db, importId));
  console.log(lines.join('\n'));
  return 0;
}

function onProgress({ rows }: { rows: number }): void {
  if (process.stderr.isTTY) process.stderr.write(`\r${inThousands(rows)} rows read`);
}
const clearProgress = (): void => void (process.stderr.isTTY && process.stderr.write('\r\u001B[K'));

function print({ status, says, problems, how }: Awaited<ReturnType<typeof importRegisterFile>>): number {
  console.log(`${says}.`);
  for (const note of how.notes) console.log(`  ${note}.`);
  for (const line of problemLines(problems)) console.log(line);
  return status === 'done' ? 0 : 1;
}
