import type { Tx } from './client.ts';
import { clientOf, prepared } from './pg-client.ts';
import { inTable } from './row-columns.ts';

/** What is written of a table: rows in Prisma's names of its columns, all of which name the same ones. */
export type Write = { table: string; rows: readonly object[]; sql: (table: string, columns: string[], given: string) => string };

/** New rows. */
export const inserted = (table: string, rows: readonly object[]): Write => ({
  ...{ table, rows },
  sql: (into, columns, given) =>
    `INSERT INTO "${into}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${into}", ${given})`,
});

/** Rows of which some may be there, by their id: those are as they are given then. */
export const upserted = (table: string, rows: readonly { id: string }[]): Write => ({
  ...{ table, rows },
  sql: (into, columns, given) =>
    `${inserted(table, rows).sql(into, columns, given)} ON CONFLICT (id) DO UPDATE SET ${columns.map((one) => `${one} = excluded.${one}`)}`,
});

/** The columns that are given of the row of this id. */
export const updated = (table: string, row: { id: string; [column: string]: unknown }): Write => ({
  ...{ table, rows: [row] },
  sql: (of, columns, given) =>
    `UPDATE "${of}" AS old SET ${columns.map((one) => `${one} = new.${one}`)} FROM jsonb_populate_record(NULL::"${of}", ${given} -> 0) AS new WHERE old.id = new.id`,
});

/**
 * Writes to several tables in one statement: a case that opens is in five, and an input writes to three. Each part of it finds what was
 * there before: no two write the same row. References between them are looked at at its end.
 */
export async function writeRows(tx: Tx, writes: readonly Write[]): Promise<void> {
  const some = writes.filter(({ rows }) => rows.length > 0);
  if (some.length === 0) return;
  const parts = some.map(({ table, rows, sql }, i) => {
    const columns = Object.keys(rows[0] ?? {}).map((name) => `"${inTable(name)}"`);
    return `t${i} AS (${sql(table, columns, `$${i + 1}::jsonb`)})`;
  });
  await prepared(
    await clientOf(tx),
    `WITH ${parts.join(', ')} SELECT`,
    some.map(({ rows }) => JSON.stringify(rows.map(renamed))),
  );
}

const renamed = (row: object): object => Object.fromEntries(Object.entries(row).map(([name, value]) => [inTable(name), value]));
