import type { Readable } from 'node:stream';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { importContacts } from './import-contacts.ts';
import { importMarks } from './import-marks.ts';
import { importPupils } from './import-pupils.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import { importers } from './importers.ts';
import { lookAtImport } from './look-at-import.ts';
import { readCsv } from './read-csv.ts';

export type CsvOrder = Omit<ImportOrder, 'rows' | 'sha256'> & { limitBytes?: number };

const imports = { pupils: importPupils, contacts: importContacts, marks: importMarks };

/**
 * Takes a CSV file into the register, reading it as a stream. What is wrong with the file is told in the result; its source
 * is destroyed when reading stops early, so that an upload has to be kept in a file first.
 */
export function importCsv(
  kind: ImportKind,
  deps: ImportDeps,
  source: Readable,
  { limitBytes, ...order }: CsvOrder,
): Promise<ImportResult> {
  return imports[kind](deps, { ...order, ...readCsv(kind, source, limitBytes) });
}

/** The same, only to look at what it would do: somebody says yes afterwards. See lookAtImport. */
export const lookAtCsv = (
  kind: ImportKind,
  deps: ImportDeps,
  source: Readable,
  { limitBytes, ...order }: CsvOrder & { importId: string },
): Promise<void> => lookAtImport(deps, { ...order, ...readCsv(kind, source, limitBytes) }, importers[kind]);
