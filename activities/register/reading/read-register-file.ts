import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import type { RawRow } from '../raw-row.ts';
import { decoded } from './decoded.ts';
import type { TextEncoding } from './encodings.ts';
import type { GridRow } from './grid.ts';
import type { Format, How } from './how.ts';
import { ownForm } from './own-form.ts';
import { peek } from './peek.ts';
import { separated } from './separated.ts';
import { type Separator, separatorOf } from './separator.ts';
import { understood } from './sheet.ts';

export type FileToRead = {
  kind: ImportKind;
  /** In bytes; more is refused. */
  limitBytes?: number;
};

export type RegisterFile = {
  rows: AsyncIterable<RawRow>;
  /** Of all bytes that were read. */
  sha256(): string;
  how(): How;
};

/** The largest file that is read, in bytes, unless a setting says otherwise. */
const defaultLimitBytes = 200_000_000;

/**
 * Reads a file that a school's system exported, as a stream: memory does not grow with it. A row that is not blank is given
 * on, with what is wrong if it cannot be read; what makes the whole file unreadable is thrown by `rows` as UnreadableFile.
 */
export function readRegisterFile(source: Readable, { kind, limitBytes = defaultLimitBytes }: FileToRead): RegisterFile {
  const hash = createHash('sha256');
  const how: How = {
    format: 'csv',
    encoding: 'utf-8',
    mapping: 'our own form',
    headingRow: null,
    rows: 0,
    blankRows: 0,
    notes: [],
  };
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    rows: understood(grid(bytes(), limitBytes, how), ownForm(kind), how),
    sha256: () => hash.copy().digest('hex'),
    how: () => how,
  };
}

/** As much of a file as is looked at to tell what it is. */
const headBytes = 65_536;

async function* grid(bytes: AsyncIterable<Buffer>, limitBytes: number, how: How): AsyncGenerator<GridRow> {
  const seen = (encoding: TextEncoding) => {
    how.encoding = encoding;
    if (encoding === 'windows-1252') how.notes.push(western);
  };
  const text = await peek(decoded(bytes, { limitBytes, encoding: null, seen }), headBytes);
  const separator = separatorOf(text.head.toString());
  how.format = formats[separator];
  yield* separated(text.all, separator);
}

const formats: Record<Separator, Format> = { ',': 'csv', ';': 'semicolons', '\t': 'tsv', '|': 'bars' };
const western = 'The text is not UTF-8 and was read as Windows-1252: look whether names such as Zoë and O’Brien are right';
