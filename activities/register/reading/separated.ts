import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { UnreadableFile } from '../raw-row.ts';
import type { GridRow } from './grid.ts';
import { joined } from './peek.ts';
import type { Separator } from './separator.ts';

/** The rows of a text whose columns a sign separates, in UTF-8, with any line ends. Memory does not grow with the text. */
export async function* separated(text: AsyncIterable<Buffer>, separator: Separator): AsyncGenerator<GridRow[]> {
  let blank = 0;
  for await (const rows of rowsOf(text, separator)) {
    yield rows;
    // The parser takes twenty times as long over a blank line as over a row.
    blank += rows.filter(({ cells }) => cells.length === 1 && cells[0] === '').length;
    if (blank > mostBlankLines) throw new UnreadableFile([{ row: rows.at(-1)?.row ?? 0, column: '', value: '', cure: tooBlank }]);
  }
}

const mostBlankLines = 50_000;
const tooBlank = 'The file has more than 50,000 blank lines: take them out';
const quotationMark = 0x22;
const mostInRow = 65_536;
/** So few rows are gone before the next: what lives longer than a moment is collected late. */
const together = 200;

/** Until the first quotation mark a line is a row, which takes a tenth of the time of parsing. */
async function* rowsOf(text: AsyncIterable<Buffer>, separator: Separator): AsyncGenerator<GridRow[]> {
  const chunks = text[Symbol.asyncIterator]();
  let row = 0;
  let rest = '';
  const split = (line: string): GridRow => {
    row++;
    if (line.length > mostInRow) throw unreadable('CSV_MAX_RECORD_SIZE', row);
    return { row, cells: line.split(separator) };
  };
  try {
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      if (next.value.includes(quotationMark)) {
        yield* parsed(joined(Buffer.concat([Buffer.from(rest), next.value]), chunks), separator, row);
        return;
      }
      const body = row === 0 ? (rest + next.value.toString()).replace(/^\uFEFF/, '') : rest + next.value.toString();
      const end = endOfLines(body);
      const lines = linesIn(body.slice(0, end));
      for (let from = 0; from < lines.length; from += together) yield lines.slice(from, from + together).map(split);
      rest = body.slice(end);
      if (rest.length > mostInRow) throw unreadable('CSV_MAX_RECORD_SIZE', row + 1);
    }
    if (rest !== '') yield linesIn(rest).map(split);
  } finally {
    await chunks.return?.();
  }
}

/** Where the last line that is whole ends. After a carriage return at the end a newline may come that belongs to it. */
function endOfLines(text: string): number {
  const from = text.endsWith('\r') ? text.length - 2 : text.length;
  return from < 0 ? 0 : Math.max(text.lastIndexOf('\n', from), text.lastIndexOf('\r', from)) + 1;
}

const linesIn = (text: string): string[] => {
  const lines = text.includes('\r') ? text.split(/\r\n|\n|\r/) : text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines;
};

/** The rows of a text with quotation marks, so many rows being above it. */
async function* parsed(text: AsyncIterable<Buffer>, separator: Separator, above: number): AsyncGenerator<GridRow[]> {
  const records = parse({
    bom: above === 0,
    delimiter: separator,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n', '\r'],
    max_record_size: mostInRow,
  });
  // What goes wrong reaches the reader of `records`; the callback only keeps it from being thrown a second time.
  pipeline(Readable.from(text), records, () => undefined);
  let row = above;
  try {
    for await (const first of records as AsyncIterable<string[]>) {
      const batch: GridRow[] = [];
      // What has been parsed already is taken along: to wait for each row by itself would take longer than to read it.
      for (let cells: string[] | null = first; cells !== null; cells = records.read() as string[] | null)
        batch.push({ row: ++row, cells });
      yield batch;
    }
  } catch (error) {
    // The parser says how many rows it had read: those on their way to us are lost with it.
    throw error instanceof CsvError ? unreadable(error.code, above + ((error as { records?: number }).records ?? 0) + 1) : error;
  }
}

function unreadable(code: string, row: number): UnreadableFile {
  const cures: Record<string, string> = {
    CSV_MAX_RECORD_SIZE:
      'The row is longer than 64 kB: look for a quotation mark that is not closed, or for a file that is no table',
    CSV_QUOTE_NOT_CLOSED: 'A quotation mark is opened and never closed: close it, or take it out',
  };
  const cure = cures[code] ?? 'A quotation mark stands inside a cell: write it twice, and put quotation marks round the cell';
  return new UnreadableFile([{ row, column: '', value: '', cure }]);
}
