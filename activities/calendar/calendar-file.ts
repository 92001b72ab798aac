import type { Period } from '../../policy/calendar/period.ts';

/** How one row or event of a file was understood: the period it means; or why none is taken of it. */
export type ReadRow = { at: string; says: string; period: Period | null; why: string | null };

/** What is wrong with a row: nothing of its file is taken. */
export type RowProblem = { at: string; column: string; value: string; cure: string };

/** A calendar file as it was read. */
export type CalendarFile = { rows: ReadRow[]; problems: RowProblem[] };
