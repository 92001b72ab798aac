import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const into = 'raw_mark (pupil_id, day, session, code, known_from, import_id)';

/**
 * A table with the columns and the key of `mark`, and nothing else: the baseline. It holds what the register holds from a
 * day on, so that its index is as large.
 */
export async function makeRawTable(pool: Pool, from: string): Promise<void> {
  await pool.query('DROP TABLE IF EXISTS raw_mark');
  await pool.query('CREATE TABLE raw_mark (LIKE mark)');
  await pool.query('INSERT INTO raw_mark SELECT * FROM mark WHERE day >= $1::date', [from]);
  await pool.query('CREATE UNIQUE INDEX ON raw_mark (pupil_id, day, session, known_until) INCLUDE (code) NULLS NOT DISTINCT');
  await pool.query('VACUUM ANALYZE raw_mark');
}

/** Copies rows as they stand, in one transaction. */
export async function rawCopy(pool: Pool, rows: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<void> {
  const client = await pool.connect();
  try {
    await pipeline(Readable.from(rows, { objectMode: false }), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
  } finally {
    client.release();
  }
}
