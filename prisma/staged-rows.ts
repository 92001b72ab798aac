import type { Db, Tx } from './client.ts';
import { Prisma } from './generated/client.ts';

/** A row of an import as it was staged, in the cells of its form. */
export type StagedCells = { n: number; row: number; cells: Record<string, string> };

/** Some staged rows, or the first few; in file order. */
export type Which = readonly number[] | { first: number };

const those = (which: Which) =>
  'first' in which ? Prisma.sql`TRUE ORDER BY n LIMIT ${which.first}` : Prisma.sql`n = ANY (${[...which]}::int[]) ORDER BY n`;

export async function stagedMarks(db: Db | Tx, importId: string, which: Which): Promise<StagedCells[]> {
  const rows = await db.$queryRaw<({ n: number; row: number } & Record<string, string | number | null>)[]>`
    SELECT s.n, s.row, p.admission_no, s.day::text AS date, s.session, s.code, s.minutes_late, s.reason
    FROM staged_mark AS s JOIN pupil AS p ON p.id = s.pupil_id
    WHERE s.import_id = ${importId}::uuid AND ${those(which)}`;
  return rows.map(({ n, row, minutes_late: minutes, ...cells }) => ({
    ...{ n, row },
    // A cell that the file does not have would say that no minutes are known.
    cells: inCells(minutes === null ? cells : { ...cells, minutes_late: minutes || null }),
  }));
}

/** Pupils or contacts, without what was looked up for them. */
export async function stagedPeople(db: Db | Tx, importId: string, which: Which): Promise<StagedCells[]> {
  const rows = await db.$queryRaw<{ n: number; row: number; body: Record<string, unknown> }[]>`
    SELECT n, row, body FROM staged_row WHERE import_id = ${importId}::uuid AND ${those(which)}`;
  return rows.map(({ n, row, body: { looked_up: _, ...body } }) => ({ n, row, cells: inCells(body) }));
}

/** What a form has read, in the cells of a file again. */
const inCells = (read: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(read).map(([column, value]) => [column, inCell(value)]));

/** A value as a cell of a file says it. */
export function inCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}
