import type { Readable } from 'node:stream';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { type FileHow, guess } from '../../policy/register/file-how.ts';
import type { Guess } from '../../policy/register/mapping/guess.ts';
import type { Mapping } from '../../policy/register/mapping/mapping.ts';
import type { Db } from '../../prisma/client.ts';
import { importContacts } from './import-contacts.ts';
import { importMarks } from './import-marks.ts';
import { importPupils } from './import-pupils.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { importers } from './importers.ts';
import { knownMappings } from './known-mappings.ts';
import { lookAtImport } from './look-at-import.ts';
import type { RawRow } from './raw-row.ts';
import { firstRows } from './reading/first-rows.ts';
import type { How } from './reading/how.ts';
import { type FileToRead, type RegisterFile, readRegisterFile } from './reading/read-register-file.ts';

/** `mapping` says how the file's columns are ours; without one it is in our own form. */
export type FileOrder = Omit<ImportOrder, 'rows' | 'again' | 'sha256'> & { limitBytes?: number; mapping?: Mapping | undefined };

const imports = { pupils: importPupils, contacts: importContacts, marks: importMarks };

/**
 * Takes a file into the register, reading it as a stream. What is wrong with the file is told in the result, and how it was
 * read; its source is destroyed when reading stops early, so that an upload has to be kept in a file first. A file that
 * `source` opens anew each time takes half as long if all of it is new to the register.
 */
export async function importRegisterFile(
  kind: ImportKind,
  deps: ImportDeps,
  source: Readable | (() => Readable),
  { limitBytes, mapping, ...order }: FileOrder,
): Promise<ImportResult & { how: How }> {
  const reading = (from: Readable) => readRegisterFile(from, { kind, mapping, limitBytes });
  let file = reading(typeof source === 'function' ? source() : source);
  const more = typeof source === 'function' && {
    again: () => {
      file = reading(source());
      return file.rows;
    },
  };
  const all = { ...order, rows: file.rows, sha256: () => file.sha256(), ...more };
  return { ...(await imports[kind](deps, all)), how: file.how() };
}

export type LookOrder = Omit<FileOrder, 'mapping'> & { importId: string; mapping: Mapping | typeof guess | undefined };

/**
 * The same, only to look at what it would do: somebody says yes afterwards (see lookAtImport). Its mapping may be guessed from
 * its first rows; how it was read, why it corrects marks where whoever brought it did not say, and what of that a person should look at, is kept with the import. `open` gives the file
 * from its start each time.
 */
export async function lookAtRegisterFile(
  kind: ImportKind,
  deps: ImportDeps,
  open: () => Readable,
  { limitBytes, mapping: asked, ...order }: LookOrder,
): Promise<void> {
  let guessed: Guess | null = null;
  let file: RegisterFile | null = null;
  async function* rows(): AsyncGenerator<RawRow> {
    if (asked === guess) guessed = await guessedFor(open, { kind, limitBytes }, deps, order.schoolId);
    const mapping = asked === guess ? (guessed?.mapping ?? undefined) : asked;
    if (mapping?.reason !== undefined) await keepReason(deps.db, order.importId, mapping.reason);
    file = readRegisterFile(open(), { kind, mapping, limitBytes });
    yield* file.rows;
  }
  const read = { sha256: () => file?.sha256() ?? '', how: () => file && howRead(file.how(), guessed) };
  await lookAtImport(deps, { ...order, rows: rows(), ...read }, importers[kind]);
}

/** Why it corrects marks, where whoever brought it did not say. */
const keepReason = (db: Db, id: string, reason: string) =>
  db.registerImport.updateMany({ where: { id, reason: null }, data: { reason } });

const howRead = ({ mapping: by, format, encoding, headingRow, notes }: How, guessed: Guess | null): FileHow => ({
  ...{ by, format, encoding, headingRow, notes },
  ...{ guessed: guessed !== null, unsure: guessed?.unsure ?? [] },
});

async function guessedFor(open: () => Readable, file: FileToRead, { db }: Pick<ImportDeps, 'db'>, schoolId: string) {
  return (await firstRows(open, file, { known: await knownMappings(db, schoolId) })).guess;
}
