import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PrismaPg } from '@prisma/adapter-pg';
import type { Transaction } from '@prisma/driver-adapter-utils';
import type { PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Prisma } from './generated/client.ts';

type Copy = { rows: AsyncIterable<Buffer>; fault?: unknown };

/** What is to be copied, by the key that its statement carries. */
const waiting = new Map<string, Copy>();

/**
 * Copies rows, as COPY has them, within a transaction, `into` being the table and its columns.
 * @throws what `rows` throws, or the database's own error with its code; the transaction is over then.
 */
export async function copyInto(tx: Prisma.TransactionClient, into: string, rows: AsyncIterable<Buffer>): Promise<void> {
  const key = randomUUID();
  const copy: Copy = { rows };
  waiting.set(key, copy);
  try {
    await tx.$executeRawUnsafe(`COPY ${into} FROM STDIN`, key);
  } catch (error) {
    throw copy.fault ?? error;
  } finally {
    waiting.delete(key);
  }
}

/** Prisma's adapter for PostgreSQL, whose transactions can copy as well: Prisma itself has no words for COPY. */
export class CopyingPg extends PrismaPg {
  override async connect() {
    const adapter = await super.connect();
    const start = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (level) => copying(await start(level));
    return adapter;
  }
}

function copying(tx: Transaction): Transaction {
  const { client } = tx as unknown as { client: PoolClient };
  const execute = tx.executeRaw.bind(tx);
  tx.executeRaw = async (query) => {
    const copy = query.sql.startsWith('COPY ') ? waiting.get(String(query.args[0])) : undefined;
    if (!copy) return execute(query);
    try {
      await pipeline(Readable.from(copy.rows, { objectMode: false }), client.query(copyFrom(query.sql)));
      return 0;
    } catch (error) {
      copy.fault = error;
      throw error;
    }
  };
  return tx;
}
