import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import type { Tx } from './client.ts';
import { clientOf } from './pg-client.ts';

/**
 * Copies rows, as COPY has them, within a transaction, `into` being the table and its columns.
 * @throws what `rows` throws, or the database's own error with its code; the transaction is over then.
 */
export async function copyInto(tx: Tx, into: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const client = await clientOf(tx);
  await pipeline(Readable.from(rows, { objectMode: false }), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
}
