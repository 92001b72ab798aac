import type { Readable } from 'node:stream';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import type { Mapping } from '../../policy/register/mapping/mapping.ts';
import { importContacts } from './import-contacts.ts';
import { importMarks } from './import-marks.ts';
import { importPupils } from './import-pupils.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { importers } from './importers.ts';
import { lookAtImport } from './look-at-import.ts';
import type { How } from './reading/how.ts';
import { readRegisterFile } from './reading/read-register-file.ts';

/** `mapping` says how the file's columns are ours; without one it is in our own form. */
export type FileOrder = Omit<ImportOrder, 'rows' | 'sha256'> & { limitBytes?: number; mapping?: Mapping | undefined };

const imports = { pupils: importPupils, contacts: importContacts, marks: importMarks };

/**
 * Takes a file into the register, reading it as a stream. What is wrong with the file is told in the result, and how it was
 * read; its source is destroyed when reading stops early, so that an upload has to be kept in a file first.
 */
export async function importRegisterFile(
  kind: ImportKind,
  deps: ImportDeps,
  source: Readable,
  { limitBytes, mapping, ...order }: FileOrder,
): Promise<ImportResult & { how: How }> {
  const { rows, sha256, how } = readRegisterFile(source, { kind, mapping, limitBytes });
  return { ...(await imports[kind](deps, { ...order, rows, sha256 })), how: how() };
}

/** The same, only to look at what it would do: somebody says yes afterwards. See lookAtImport. */
export function lookAtRegisterFile(
  kind: ImportKind,
  deps: ImportDeps,
  source: Readable,
  { limitBytes, mapping, ...order }: FileOrder & { importId: string },
): Promise<void> {
  const { rows, sha256 } = readRegisterFile(source, { kind, mapping, limitBytes });
  return lookAtImport(deps, { ...order, rows, sha256 }, importers[kind]);
}
