import type { Understood } from '../../policy/calendar/understand.ts';

/** What is wrong with a row: nothing of its file is taken. */
export type RowProblem = { at: string; column: string; value: string; cure: string };

/** A calendar file as it was read. */
export type CalendarFile = { rows: Understood[]; problems: RowProblem[] };
