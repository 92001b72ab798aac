import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import { largestFile } from '../../../policy/register/largest-file.ts';
import { type Mapping, mustBeFor } from '../../../policy/register/mapping/mapping.ts';
import type { RawRow } from '../raw-row.ts';
import { type How, howWith } from './how.ts';
import { mapped } from './mapped.ts';
import { ownForm } from './own-form.ts';
import { understood } from './sheet.ts';
import { tableRows } from './table.ts';

export type FileToRead = {
  kind: ImportKind;
  /** How the file's columns are ours; without one it is in our own form. */
  mapping?: Mapping | undefined;
  /** In bytes; more is refused. */
  limitBytes?: number | undefined;
};

export type RegisterFile = {
  rows: AsyncIterable<RawRow>;
  /** Of all bytes that were read. */
  sha256(): string;
  how(): How;
};

/**
 * Reads a file that a school's system exported, as a stream: memory does not grow with it. A row that is not blank is given
 * on, with what is wrong if it cannot be read; what makes the whole file unreadable is thrown by `rows` as UnreadableFile.
 */
export function readRegisterFile(source: Readable, file: FileToRead): RegisterFile {
  const { kind, mapping, limitBytes = largestFile } = file;
  if (mapping) mustBeFor(mapping, kind);
  const hash = createHash('sha256');
  const how = howWith(mapping);
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const piece of source as AsyncIterable<Buffer | string>) {
      const chunk = typeof piece === 'string' ? Buffer.from(piece) : piece;
      hash.update(chunk);
      yield chunk;
    }
  }
  const table = tableRows(bytes(), { limitBytes, mapping }, how);
  return {
    rows: understood(table, mapping ? mapped(mapping, how) : ownForm(kind), how),
    sha256: () => hash.copy().digest('hex'),
    how: () => how,
  };
}
