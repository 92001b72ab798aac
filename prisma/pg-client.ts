import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { Prisma } from './generated/client.ts';

/** Says nothing to the server: the connection that gets it lends itself. */
const lend = 'LEND';
const asking = new Map<unknown, (client: pg.Client) => void>();

/**
 * A connection of Prisma's pool that can be had as node-postgres has it, for what Prisma has no words for, as COPY. That a pool
 * is made with a client of one's own, and Prisma with a pool of one's own, is documented by both.
 */
export class LendingClient extends pg.Client {
  /** Never says only that the overloads of node-postgres are answered as it answers them. */
  override query(...asked: never[]): never {
    const { text, values } = (asked[0] ?? {}) as Partial<pg.QueryConfig>;
    if (text !== lend) return super.query(...(asked as unknown as [pg.QueryConfig])) as never;
    asking.get(values?.[0])?.(this);
    return Promise.resolve({ command: lend, rowCount: 0, oid: 0, rows: [], fields: [] } satisfies pg.QueryResult) as never;
  }
}

/** The connection on which a transaction of Prisma's runs. It is the transaction's: nobody may end it, release it or keep it. */
export async function clientOf(tx: Prisma.TransactionClient): Promise<pg.Client> {
  const key = randomUUID();
  let lent: pg.Client | undefined;
  asking.set(key, (client) => {
    lent = client;
  });
  try {
    await tx.$executeRawUnsafe(lend, key);
  } finally {
    asking.delete(key);
  }
  if (!lent) throw new Error('Prisma does not ask its connections as it did: see how prisma/pg-client.ts is asked for one');
  return lent;
}
