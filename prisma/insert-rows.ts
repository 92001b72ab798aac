import type { Tx } from './client.ts';
import { clientOf } from './pg-client.ts';

/** A table and rows for it, in Prisma's names of its columns. All of a table's rows name the same ones. */
type Rows = readonly [table: string, rows: readonly object[]];

/** Writes rows of several tables in one statement: a case that opens is in five. References between them are looked at at its end. */
export async function insertRows(tx: Tx, tables: readonly Rows[]): Promise<void> {
  const some = tables.filter(([, rows]) => rows.length > 0);
  if (some.length === 0) return;
  const inserts = some.map(([table, rows], i) => {
    const columns = Object.keys(rows[0] ?? {}).map((name) => `"${inTable(name)}"`);
    return `t${i} AS (INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM jsonb_populate_recordset(NULL::"${table}", $${i + 1}))`;
  });
  const client = await clientOf(tx);
  await client.query(
    `WITH ${inserts.join(', ')} SELECT`,
    some.map(([, rows]) => JSON.stringify(rows.map(renamed))),
  );
}

/** "dueOn" is the column "due_on". */
const inTable = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const renamed = (row: object): object => Object.fromEntries(Object.entries(row).map(([name, value]) => [inTable(name), value]));
