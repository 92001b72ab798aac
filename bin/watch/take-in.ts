import { createReadStream } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { stringify } from 'csv-stringify/sync';
import { importRegisterFile } from '../../activities/register/import-register-file.ts';
import { ownMappingFor } from '../../activities/register/own-mapping.ts';
import type { Problem } from '../../activities/register/raw-row.ts';
import { whyCorrected } from '../../policy/register/correction.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Mapping } from '../../policy/register/mapping/mapping.ts';
import { runBy } from '../import/run-by.ts';
import type { Into } from '../importing.ts';
import { explained } from '../obstacle.ts';
import { type Laid, reading } from './laid-in.ts';

type Sources = Into & { mappings: ReadonlyMap<ImportKind, Mapping>; reason?: string | undefined };

/**
 * Imports files one after the other, each whole or not at all, and lays them away: in "taken", or in "refused" beside a file
 * of what is wrong. While it is read it lies in "reading", and so does one that could not be tried, for the next look. A file is
 * read by the mapping that was named for its kind, else by one that the school has kept and that fits it, else as our own form.
 * What comes after one that could not be tried waits for it: it may rest on it, and what is newer is to be taken last.
 * @returns 1 if any was refused or could not be tried, else 0
 */
export async function takeIn(folder: string, files: readonly Laid[], into: Sources): Promise<number> {
  let code = 0;
  for (const file of files) {
    try {
      const begun = file.begun ?? (await begin(folder, file.name));
      const { status, says, problems } = await oneFile(path.join(folder, reading, begun), file, into);
      tell(file.name, `${says}.`);
      await layAway(folder, begun, status === 'done' ? 'taken' : 'refused', problems);
      if (status !== 'done') code = 1;
    } catch (error) {
      tell(file.name, `It will be tried again: ${messageOf(error)}`);
      return 1;
    }
  }
  return code;
}

/** What went wrong, and its cure where we know one. */
export function messageOf(error: unknown): string {
  const cause = explained(error);
  return cause instanceof Error ? cause.message : String(cause);
}

/**
 * Takes a file out of the way of the next one of its name, with the time in front, so that nothing is written over.
 * @returns what it is called from now on
 */
async function begin(folder: string, name: string): Promise<string> {
  const begun = `${new Date().toISOString().replaceAll(':', '-')} ${name}`;
  await mkdir(path.join(folder, reading), { recursive: true });
  await rename(path.join(folder, name), path.join(folder, reading, begun));
  return begun;
}

async function oneFile(file: string, { name, kind }: Laid, { deps, schoolId, today, mappings, reason }: Sources) {
  const open = () => createReadStream(file);
  const mapping = mappings.get(kind) ?? (await ownMappingFor({ db: deps.db, schoolId }, kind, open));
  const from = { by: null, via: runBy('The watched folder'), reason: whyCorrected({ fileName: name, reason, mapping }) };
  return importRegisterFile(kind, deps, open, { schoolId, fileName: name, ...from, on: await today(), mapping });
}

const tell = (name: string, what: string): void => console.log(`${new Date().toISOString()} ${name}: ${what}`);

async function layAway(folder: string, begun: string, where: 'taken' | 'refused', problems: readonly Problem[]): Promise<void> {
  const to = path.join(folder, where);
  await mkdir(to, { recursive: true });
  if (problems.length > 0) {
    const rows = problems.map(({ row, column, value, cure }) => [row, column, value, cure]);
    const text = stringify([['row', 'column', 'value', 'cure'], ...rows], { bom: true, escape_formulas: true });
    await writeFile(path.join(to, `${begun}.problems.csv`), text);
  }
  await rename(path.join(folder, reading, begun), path.join(to, begun));
}
