import type { Day } from '../policy/calendar/day.ts';

/** A date column as our date: Prisma hands it over as midnight UTC. */
export const dayOf = (column: Date): Day => column.toISOString().slice(0, 10);

/** Our date as Prisma wants a date column. */
export const columnOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

/** The same for a column that may be empty. */
export const dayOrNull = (column: Date | null): Day | null => (column ? dayOf(column) : null);
export const columnOrNull = (day: Day | null): Date | null => (day === null ? null : columnOf(day));
