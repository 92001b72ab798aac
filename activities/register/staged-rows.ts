import { Prisma } from '../../prisma/generated/client.ts';
import type { Importer } from './importer.ts';

/** What a form has read, in the cells of a file again. */
export const inCells = (read: Readonly<Record<string, unknown>>): Record<string, string> =>
  Object.fromEntries(Object.entries(read).map(([column, value]) => [column, cell(value)]));

function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return String(value);
}

/** Staged rows of people in the cells of their form, without what was looked up for them. */
export const stagedPeople: Importer['cells'] = async (tx, importId, which) => {
  const some = 'first' in which ? Prisma.sql`TRUE ORDER BY n LIMIT ${which.first}` : Prisma.sql`n = ANY (${[...which]}::int[])`;
  const rows = await tx.$queryRaw<{ n: number; row: number; body: Record<string, unknown> }[]>`
    SELECT n, row, body FROM staged_row WHERE import_id = ${importId}::uuid AND ${some}`;
  return rows.map(({ n, row, body: { pupil_id, ...body } }) => ({ n, row, cells: inCells(body) }));
};
