import type { z } from 'zod';
import { cut } from '../../policy/cut.ts';
import type { RawRow, Wrong } from './raw-row.ts';

export type Checked<Row> = { row: number; read: Row; wrongs: [] } | { row: number; read: null; wrongs: Wrong[] };

/**
 * Reads a row by its form. Text is put into one Unicode form (NFC) and trimmed first, so that equal names are equal. The
 * apostrophe that keeps a spreadsheet from taking a cell for a formula is taken off again.
 */
export function checkRow<Row>(form: z.ZodType<Row>, raw: RawRow): Checked<Row> {
  const { row } = raw;
  if (raw.wrong) return { row, read: null, wrongs: [raw.wrong] };
  const cells: Record<string, string> = {};
  for (const column in raw.cells)
    cells[column] = (raw.cells[column] ?? '')
      .normalize('NFC')
      .trim()
      .replace(/^'(?=[=+\-@])/, '');
  const parsed = form.safeParse(cells);
  if (parsed.success) return { row, read: parsed.data, wrongs: [] };
  const wrongs = parsed.error.issues.map(({ path, message }) => {
    const column = String(path[0] ?? '');
    return { column: calledInFile(raw, column), value: cut(cells[column] ?? '', 100), cure: message };
  });
  return { row, read: null, wrongs };
}

/** What the file itself calls one of our columns. */
export const calledInFile = ({ columns }: RawRow, column: string): string => columns?.[column] ?? column;
