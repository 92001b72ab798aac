import { pipeline, Readable } from 'node:stream';
import { stringify } from 'csv-stringify';

/**
 * Rows as a CSV file, made while it is sent. With a byte order mark, or Excel reads names wrongly; a cell that Excel would
 * take for a formula begins with an apostrophe.
 */
export function csv(columns: string[], rows: Iterable<unknown> | AsyncIterable<unknown>): AsyncIterable<Buffer> {
  const text = stringify({ columns, header: true, bom: true, escape_formulas: true, record_delimiter: 'windows' });
  // What goes wrong while rows are read ends the file early, which its reader hears of.
  return pipeline(Readable.from(rows), text, () => undefined);
}
