import type { Readable } from 'node:stream';
import { largestFile } from '../../../policy/register/largest-file.ts';
import { type Guess, guessMapping } from '../../../policy/register/mapping/guess.ts';
import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import { type RawRow, UnreadableFile } from '../raw-row.ts';
import { type How, howWith } from './how.ts';
import { presets } from './presets.ts';
import { type FileToRead, readRegisterFile } from './read-register-file.ts';
import { tableRows } from './table.ts';

/** What a file says at its beginning, as it would be read: to be shown to a person before anything is imported. */
export type FirstRows = {
  /** As they stand in the file, headings and titles among them. */
  table: { row: number; cells: string[] }[];
  /** How it is read if the person says nothing else. Null when a mapping was given. */
  guess: Guess | null;
  /** Rows of our form, or what is wrong with them. None if the file cannot be read. */
  rows: RawRow[];
  how: How;
  /** Why the file cannot be read, or cannot be read on. */
  refused: UnreadableFile['wrongs'];
};

/**
 * Reads the beginning of a file twice: as a table and, by the mapping given or guessed from that table among those known, as rows
 * of our form.
 * `open` gives the file from its start each time.
 */
export async function firstRows(
  open: () => Readable,
  file: FileToRead,
  { most = 10, known = presets() }: { most?: number; known?: readonly Mapping[] } = {},
): Promise<FirstRows> {
  const { limitBytes = largestFile, mapping: given } = file;
  const shown = await taken(oneByOne(tableRows(open(), { limitBytes, mapping: given }, howWith(given))), shownRows);
  const cells = shown.rows.map((row) => row.cells);
  const guess = given ? null : guessMapping(file.kind, cells, known);
  const mapping = given ?? guess?.mapping ?? undefined;
  const register = readRegisterFile(open(), mapping ? { ...file, mapping } : file);
  const read = await taken(register.rows, most);
  return {
    table: shown.rows.map(({ row, cells: of }) => ({ row, cells: of })),
    guess,
    rows: read.rows,
    how: register.how(),
    refused: read.refused,
  };
}

/** A title, the heading, and enough rows to see what stands in each column. */
const shownRows = 30;

async function taken<Row>(rows: AsyncIterable<Row>, most: number): Promise<{ rows: Row[]; refused: UnreadableFile['wrongs'] }> {
  const first: Row[] = [];
  try {
    for await (const row of rows) {
      first.push(row);
      if (first.length === most) break;
    }
    return { rows: first, refused: [] };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { rows: first, refused: error.wrongs };
  }
}

async function* oneByOne<Row>(batches: AsyncIterable<Row[]>): AsyncGenerator<Row> {
  for await (const rows of batches) yield* rows;
}
