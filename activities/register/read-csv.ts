import { pipeline, type Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { heading } from './heading.ts';
import { intake } from './intake.ts';
import { type RawRow, UnreadableFile } from './raw-row.ts';

export type CsvFile = { rows: AsyncIterable<RawRow>; sha256(): string };

/** The largest file that is read, in bytes, unless a setting says otherwise. */
export const defaultLimitBytes = 200_000_000;

/** Reads a CSV file as a stream: in UTF-8, with or without a byte order mark, any line ends. Memory does not grow with the file. */
export function readCsv(kind: ImportKind, source: Readable, limitBytes = defaultLimitBytes): CsvFile {
  const { stream, sha256 } = intake(limitBytes);
  const records = parse({
    bom: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 65_536,
  });
  // What goes wrong reaches the reader of `records`; the callback only keeps it from being thrown a second time.
  pipeline(source, stream, records, () => undefined);
  return { rows: rowsOf(kind, records), sha256 };
}

async function* rowsOf(kind: ImportKind, records: AsyncIterable<string[]>): AsyncGenerator<RawRow> {
  let row = 0;
  let columns: string[] | undefined;
  try {
    for await (const cells of records) {
      row++;
      if (!columns) columns = heading(kind, cells);
      else if (cells.some((cell) => cell !== '')) yield rawRow(row, columns, cells);
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error;
  }
  if (!columns) throw new UnreadableFile([{ row: 1, column: '', value: '', cure: 'The file is empty: export it again' }]);
}

function rawRow(row: number, columns: readonly string[], cells: readonly string[]): RawRow {
  const named: Record<string, string> = {};
  for (const [i, column] of columns.entries()) named[column] = cells[i] ?? '';
  if (cells.length === columns.length) return { row, cells: named };
  const cure = `The row has ${cells.length} cells, the heading ${columns.length}: put quotation marks round a cell that holds a comma`;
  return { row, cells: named, wrong: { column: '', value: cells.join(',').slice(0, 80), cure } };
}

/** The parser says how many rows it had read: those on their way to us are lost with it. */
function unreadable({ code, records }: CsvError & { records?: number }): UnreadableFile {
  const row = (records ?? 0) + 1;
  const cures: Record<string, string> = {
    CSV_MAX_RECORD_SIZE:
      'The row is longer than 64 kB: look for a quotation mark that is not closed, or for a file that is no CSV',
    CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened and never closed: close it, or take it out',
  };
  const cure = cures[code] ?? 'A quotation mark stands inside a cell: write it twice, and put quotation marks round the cell';
  return new UnreadableFile([{ row, column: '', value: '', cure }]);
}
