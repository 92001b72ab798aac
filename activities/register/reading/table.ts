import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import { decoded } from './decoded.ts';
import type { TextEncoding } from './encodings.ts';
import type { GridRow } from './grid.ts';
import type { Format, How } from './how.ts';
import { peek } from './peek.ts';
import { separated } from './separated.ts';
import { type Separator, separatorOf } from './separator.ts';
import { refusedWorkbook } from './workbook/parts.ts';
import { spooled } from './workbook/spool.ts';
import { workbookRows } from './workbook/workbook-rows.ts';

/** As much of a file as is looked at to tell what it is. */
const headBytes = 65_536;

type Taking = { limitBytes: number; mapping: Mapping | undefined };

/** The rows of a table, some at a time, whatever file it is in. What the file turns out to be is noted. */
export async function* tableRows(bytes: AsyncIterable<Buffer>, taking: Taking, how: How): AsyncGenerator<GridRow[]> {
  const { limitBytes, mapping } = taking;
  const { head, all } = await peek(bytes, headBytes);
  if (head.subarray(0, 8).equals(olderWorkbook)) {
    // Begun and left, the stream lets go of its source.
    for await (const _ of all) throw refusedWorkbook(older);
  }
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
