import type { Wrong } from '../raw-row.ts';

/** A row of a table as its format has it: its number, the first being 1, the text of its cells, and which of them cannot be read. */
export type GridRow = { row: number; cells: string[]; wrongs?: { place: number; wrong: Wrong }[] };

/** A row in which nothing is written is no row: it is counted, and not given on. */
export const isBlank = ({ cells, wrongs }: GridRow): boolean =>
  !wrongs && cells.every((cell) => cell === '' || cell.trim() === '');
