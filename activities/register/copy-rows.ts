import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

export type CopyValue = string | number | null;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const special = /[\\\t\n\r]/g;

/** A value as COPY has it. */
export function inCopy(value: CopyValue): string {
  if (value === null) return '\\N';
  const text = String(value);
  return text.search(special) === -1 ? text : text.replaceAll(special, (sign) => escapes[sign] ?? sign);
}

/** Rows are sent when they come to so many characters. */
export const mostInBatch = 60_000;

/** Writes rows into a table with COPY, `into` being the table and its columns. Rows are taken as fast as they are written. */
export async function copyRows(client: PoolClient, into: string, rows: AsyncIterable<readonly CopyValue[]>): Promise<void> {
  await pipeline(Readable.from(inBatches(rows), { objectMode: false }), client.query(copyFrom(`COPY ${into} FROM STDIN`)));
}

async function* inBatches(rows: AsyncIterable<readonly CopyValue[]>): AsyncGenerator<Buffer> {
  let batch = '';
  for await (const row of rows) {
    batch += `${row.map(inCopy).join('\t')}\n`;
    if (batch.length < mostInBatch) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}
