import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { UnreadableFile } from '../raw-row.ts';
import type { GridRow } from './grid.ts';
import type { Separator } from './separator.ts';

/** The rows of a text whose columns a sign separates, in UTF-8, with any line ends. Memory does not grow with the text. */
export async function* separated(text: AsyncIterable<Buffer>, separator: Separator): AsyncGenerator<GridRow[]> {
  const records = parse({
    bom: true,
    delimiter: separator,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: 65_536,
  });
  // What goes wrong reaches the reader of `records`; the callback only keeps it from being thrown a second time.
  pipeline(Readable.from(text), records, () => undefined);
  let row = 0;
  let blank = 0;
  try {
    for await (const first of records as AsyncIterable<string[]>) {
      const batch: GridRow[] = [];
      // What has been parsed already is taken along: to wait for each row by itself would take longer than to read it.
      for (let cells: string[] | null = first; cells !== null; cells = records.read() as string[] | null)
        batch.push({ row: ++row, cells });
      yield batch;
      // The parser takes twenty times as long over a blank line as over a row.
      blank += batch.filter(({ cells }) => cells.length === 1 && cells[0] === '').length;
      if (blank > mostBlankLines) throw new UnreadableFile([{ row, column: '', value: '', cure: tooBlank }]);
    }
  } catch (error) {
    throw error instanceof CsvError ? unreadable(error) : error;
  }
}

const mostBlankLines = 50_000;
const tooBlank = 'The file has more than 50,000 blank lines: take them out';

/** The parser says how many rows it had read: those on their way to us are lost with it. */
function unreadable({ code, records }: CsvError & { records?: number }): UnreadableFile {
  const row = (records ?? 0) + 1;
  const cures: Record<string, string> = {
    CSV_MAX_RECORD_SIZE:
      'The row is longer than 64 kB: look for a quotation mark that is not closed, or for a file that is no table',
    CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened and never closed: close it, or take it out',
  };
  const cure = cures[code] ?? 'A quotation mark stands inside a cell: write it twice, and put quotation marks round the cell';
  return new UnreadableFile([{ row, column: '', value: '', cure }]);
}
