import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { checkRow } from '../../../../activities/register/check-row.ts';
import { type RawRow, UnreadableFile } from '../../../../activities/register/raw-row.ts';
import type { How } from '../../../../activities/register/reading/how.ts';
import { type FileToRead, readRegisterFile } from '../../../../activities/register/reading/read-register-file.ts';
import { csvForms } from '../../../../policy/register/csv-forms.ts';

export const inPieces = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));

/** Everything that a file says, or why it cannot be read: "row column: cure", a line for each. */
export type Reading = { rows: RawRow[]; refused: string; how: How };

export async function reading(content: string | Buffer, file: FileToRead, pieces = 4_096): Promise<Reading> {
  const { rows, how } = readRegisterFile(Readable.from(inPieces(Buffer.from(content), pieces)), file);
  const read: RawRow[] = [];
  try {
    for await (const row of rows) read.push(row);
    return { rows: read, refused: '', how: how() };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    const refused = error.wrongs.map(({ row, column, cure }) => `${row} ${column}: ${cure}`).join('\n');
    return { rows: read, refused, how: how() };
  }
}

/** The marks of a file as their form reads them: "row admission_no date session code", or what is wrong with the row. */
export const marksIn = ({ rows }: Reading): string[] =>
  rows.map((raw) => {
    const { row, read, wrongs } = checkRow(csvForms.marks, raw);
    return read
      ? `${row} ${read.admission_no} ${read.date} ${read.session} ${read.code}`
      : `${row} ${wrongs.map(({ column, value, cure }) => `${column} "${value}": ${cure}`).join('; ')}`;
  });

/** Temporary files of this process go into a folder of its own until that is forgotten, so that what is left there can be seen. */
export function ownTemporaryFolder() {
  const { TMPDIR } = process.env;
  const folder = mkdtempSync(path.join(tmpdir(), 'readers-'));
  process.env.TMPDIR = folder;
  return {
    left: () => readdirSync(folder),
    forget() {
      if (TMPDIR === undefined) delete process.env.TMPDIR;
      else process.env.TMPDIR = TMPDIR;
      rmSync(folder, { recursive: true });
    },
  };
}
