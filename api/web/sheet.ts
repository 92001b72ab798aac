import { isDay, shortDay } from '../../policy/calendar/day.ts';
import { inThousands } from '../../policy/counted.ts';
import { csv } from './csv.ts';
import type { Download } from './route.ts';

/** What a cell of a table holds: a date as such, so that a page prints it as people write it and a file as machines do. */
export type Cell = string | number | null | { text: string | number; href: string };

/** A table as a page shows it and as a file holds it: the same cells. Its name is the file's. */
export type Sheet = { name: string; caption: string; heads: string[]; rows: Cell[][] };

/** The table as `charts/chart.njk` prints it; `csv` is where it can be had as a file. */
export const printed = ({ caption, heads, rows }: Sheet, csv: string | null = null) => ({
  caption,
  csv,
  heads: heads.map((text, i) => ({ text, numeric: rows.some((row) => isNumeric(row[i] ?? null)) })),
  rows: rows.map((row) =>
    row.map((cell) => ({
      text: words(plain(cell)),
      href: typeof cell === 'object' && cell !== null ? cell.href : null,
      numeric: isNumeric(cell),
    })),
  ),
});

/** The table as a CSV file. */
export const sheetFile = ({ name, heads, rows }: Sheet): Download => ({
  file: `${name}.csv`,
  type: 'text/csv',
  content: csv(
    heads,
    rows.map((row) => row.map(plain)),
  ),
});

const plain = (cell: Cell) => (typeof cell === 'object' && cell !== null ? cell.text : cell);
const isNumeric = (cell: Cell): boolean => /^(fewer than )?[\d,.]+%?( of [\d,.]+)?$/.test(String(plain(cell) ?? ''));

/** "2,453", "14 Sep 2026" */
function words(value: string | number | null): string {
  if (typeof value === 'number') return inThousands(value);
  return value !== null && isDay(value) ? shortDay(value) : (value ?? '');
}
