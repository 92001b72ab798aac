import type { Wrong } from '../raw-row.ts';

/** A row of a table as its format has it: its number, the first being 1, and the text of its cells. */
export type GridRow = { row: number; cells: string[]; wrong?: Wrong };

/** A row in which nothing is written is no row: it is counted, and not given on. */
export const isBlank = ({ cells }: GridRow): boolean => cells.every((cell) => cell === '' || cell.trim() === '');
