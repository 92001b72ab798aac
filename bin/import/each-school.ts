import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { importRegisterFile } from '../../activities/register/import-register-file.ts';
import { schoolBySchool, schoolsAtOnce } from '../../activities/register/school-by-school.ts';
import { counted } from '../../policy/counted.ts';
import { whyCorrected } from '../../policy/register/correction.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { importing, into } from '../importing.ts';
import { explained, Obstacle } from '../obstacle.ts';
import { cancelledByCtrlC } from './cancelled-by-ctrl-c.ts';
import { problemLines } from './lines.ts';
import { mappingGiven } from './mapping-given.ts';
import { runBy } from './run-by.ts';

type File = { file: string; schoolId: string };
type Asked = { url: string; lockWaitMs: number; limitBytes: number; mapping: string | undefined; reason: string | undefined };

/**
 * Imports a file of each of several schools, each whole or not at all, some schools at once. A file is named for its school:
 * "oakbridge.csv", "oakbridge.2026-11-25.csv". One that is wrong holds up no other.
 * @returns 1 if any was refused or could not be tried, else 0
 */
export async function importEachSchool(kind: ImportKind, named: readonly string[], asked: Asked): Promise<number> {
  const files = await filesIn(named);
  const { url, lockWaitMs, limitBytes } = asked;
  return importing({ url, lockWaitMs, atOnce: schoolsAtOnce }, async (deps) => {
    let refused = 0;
    const each = cancelledByCtrlC(deps.db);
    await schoolBySchool(files, async ({ file, schoolId }) => {
      const fileName = path.basename(file);
      try {
        const school = await into(deps, schoolId);
        const mapping = asked.mapping === undefined ? undefined : await mappingGiven(asked.mapping, school, kind);
        const order = {
          schoolId,
          fileName,
          by: null,
          via: runBy('firstbell import'),
          reason: whyCorrected({ fileName, reason: asked.reason, mapping }),
          on: await school.today(),
          limitBytes,
          mapping,
        };
        const { status, says, problems } = await each(schoolId, (importId) =>
          importRegisterFile(kind, deps, () => createReadStream(file), { ...order, importId }),
        );
        console.log([`${fileName}: ${says}.`, ...problemLines(problems)].join('\n'));
        if (status !== 'done') refused++;
      } catch (error) {
        const cause = explained(error);
        console.log(`${fileName}: Not imported: ${cause instanceof Error ? cause.message : String(cause)}`);
        refused++;
      }
    });
    console.log(`${counted(files.length, 'file')}, ${refused} of them not imported.`);
    return refused === 0 ? 0 : 1;
  });
}

/** The files, and those in a folder; each with the school that its name begins with. */
async function filesIn(named: readonly string[]): Promise<File[]> {
  const found: string[] = [];
  for (const one of named) {
    const at = await stat(one).catch(() => undefined);
    if (!at) throw new Obstacle(`There is no file ${one}: look at its name and folder.`);
    if (!at.isDirectory()) found.push(one);
    else
      for (const name of (await readdir(one)).sort()) if (/\.(csv|tsv|txt|xlsx)$/i.test(name)) found.push(path.join(one, name));
  }
  if (found.length === 0) throw new Obstacle('There is no file to import: look at the name of the folder.');
  return found.map((file) => ({ file, schoolId: path.basename(file).split('.')[0] ?? '' }));
}
