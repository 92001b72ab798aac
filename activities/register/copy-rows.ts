import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | null;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const inCopy = (value: CopyValue): string =>
  value === null ? '\\N' : String(value).replaceAll(/[\\\t\n\r]/g, (sign) => escapes[sign] ?? sign);

/** Writes rows into a table with COPY, `into` being the table and its columns. Rows are taken as fast as they are written. */
export async function copyRows(client: PoolClient, into: string, rows: AsyncIterable<readonly CopyValue[]>): Promise<void> {
  await pipeline(Readable.from(inBatches(rows), { objectMode: false }), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
}

async function* inBatches(rows: AsyncIterable<readonly CopyValue[]>): AsyncGenerator<Buffer> {
  let batch = '';
  for await (const row of rows) {
    batch += `${row.map(inCopy).join('\t')}\n`;
    if (batch.length < 60_000) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}
