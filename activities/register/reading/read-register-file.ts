import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Refusal } from '../../../policy/refusal.ts';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import type { RawRow } from '../raw-row.ts';
import { decoded } from './decoded.ts';
import type { TextEncoding } from './encodings.ts';
import type { GridRow } from './grid.ts';
import type { Format, How } from './how.ts';
import { mapped } from './mapped.ts';
import { ownForm } from './own-form.ts';
import { peek } from './peek.ts';
import { separated } from './separated.ts';
import { type Separator, separatorOf } from './separator.ts';
import { understood } from './sheet.ts';
import { refusedWorkbook } from './workbook/parts.ts';
import { spooled } from './workbook/spool.ts';
import { workbookRows } from './workbook/workbook-rows.ts';

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

/** The largest file that is read, in bytes, unless a setting says otherwise. */
const defaultLimitBytes = 200_000_000;

/**
 * Reads a file that a school's system exported, as a stream: memory does not grow with it. A row that is not blank is given
 * on, with what is wrong if it cannot be read; what makes the whole file unreadable is thrown by `rows` as UnreadableFile.
 */
export function readRegisterFile(source: Readable, file: FileToRead): RegisterFile {
  const { kind, mapping, limitBytes = defaultLimitBytes } = file;
  if (mapping && mapping.kind !== kind)
    throw new Refusal('BadInput', `The mapping "${mapping.mapping}" is for a ${mapping.kind} file: choose one for ${kind}`);
  const hash = createHash('sha256');
  const how: How = {
    format: 'csv',
    encoding: 'utf-8',
    mapping: mapping?.mapping ?? 'our own form',
    headingRow: null,
    rows: 0,
    blankRows: 0,
    silentRows: 0,
    notes: [],
  };
  async function* bytes(): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return {
    rows: understood(grid(bytes(), { limitBytes, mapping }, how), mapping ? mapped(mapping, how) : ownForm(kind), how),
    sha256: () => hash.copy().digest('hex'),
    how: () => how,
  };
}

/** As much of a file as is looked at to tell what it is. */
const headBytes = 65_536;

type Taking = { limitBytes: number; mapping: Mapping | undefined };

async function* grid(bytes: AsyncIterable<Buffer>, { limitBytes, mapping }: Taking, how: How): AsyncGenerator<GridRow> {
  const { head, all } = await peek(bytes, headBytes);
  if (head.subarray(0, 8).equals(olderWorkbook)) throw refusedWorkbook(older);
  if (head.subarray(0, 4).equals(zipped)) {
    Object.assign(how, { format: 'xlsx', encoding: null });
    yield* spooled(all, limitBytes, (file) => workbookRows(file, mapping?.sheet, how));
    return;
  }
  const seen = (encoding: TextEncoding) => {
    how.encoding = encoding;
    if (encoding === 'windows-1252') how.notes.push(western);
  };
  const text = await peek(decoded(all, { limitBytes, encoding: mapping?.encoding ?? null, seen }), headBytes);
  const separator = separatorOf(text.head.toString());
  how.format = formats[separator];
  yield* separated(text.all, separator);
}

const zipped = Buffer.from('PK\u0003\u0004');
const olderWorkbook = Buffer.from('d0cf11e0a1b11ae1', 'hex');
const older =
  'This is an older Excel workbook, or one with a password: save it as “Excel workbook (.xlsx)” without one, or as “CSV UTF-8 (comma delimited)”';

const formats: Record<Separator, Format> = { ',': 'csv', ';': 'semicolons', '\t': 'tsv', '|': 'bars' };
const western = 'The text is not UTF-8 and was read as Windows-1252: look whether names such as Zoë and O’Brien are right';
