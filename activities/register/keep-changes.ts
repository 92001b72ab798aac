import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import type { Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { clientOf } from '../../prisma/pg-client.ts';

/** A column of a row that may differ: what a person calls it, and both sides as SQL. */
type Compared = { column: string; was: string; now: string };

/** Those columns that differ, as a JSON array of column, was and now. */
export const changesBetween = (compared: readonly Compared[]): Prisma.Sql =>
  Prisma.raw(
    `to_jsonb(array_remove(ARRAY[${compared
      .map(
        ({ column, was, now }) =>
          `CASE WHEN ${was} IS DISTINCT FROM ${now} THEN jsonb_build_object('column', '${column}', 'was', ${was}, 'now', ${now}) END`,
      )
      .join(', ')}], NULL))`,
  );

/**
 * Keeps what an import changes in place of what was kept of it before, out of a transaction that will be rolled back. Rows run from
 * one connection into the other and are never held. `rows` are n, row, pupil_id, day, session, contact and changes; COPY takes no
 * values, so that they are all in its text.
 */
export async function keepChanges(tx: Tx, into: PoolClient, importId: string, rows: Prisma.Sql): Promise<void> {
  await into.query('DELETE FROM changed_row WHERE import_id = $1', [importId]);
  const reading = copyTo(`COPY (SELECT ${into.escapeLiteral(importId)}::uuid, c.* FROM (${rows.text}) AS c
    WHERE c.changes <> '[]') TO STDOUT`);
  const columns = 'import_id, n, row, pupil_id, day, session, contact, changes';
  await pipeline((await clientOf(tx)).query(reading), into.query(copyFrom(`COPY changed_row (${columns}) FROM STDIN`)));
}
