import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { Prisma } from './generated/client.ts';

/** Says nothing to the server: the connection that gets it lends itself. */
const lend = 'LEND';
const asking = new Map<unknown, (client: LendingClient) => void>();
const ends = new Set<unknown>(['COMMIT', 'ROLLBACK']);

/**
 * A connection of Prisma's pool that can be had as node-postgres has it: for what Prisma has no words for, as COPY, and for what
 * is asked with every file. That a pool is made with a client of one's own, and Prisma with a pool of one's own, both document.
 */
export class LendingClient extends pg.Client {
  /** Counts its transactions: what was lent for one is not the next one's. */
  transactions = 0;

  /** Never says only that the overloads of node-postgres are answered as it answers them. */
  override query(...asked: never[]): never {
    const { text, values } = (asked[0] ?? {}) as Partial<pg.QueryConfig>;
    if (text === lend) {
      asking.get(values?.[0])?.(this);
      return Promise.resolve({ command: lend, rowCount: 0, oid: 0, rows: [], fields: [] } satisfies pg.QueryResult) as never;
    }
    if (ends.has(text)) this.transactions++;
    return super.query(...(asked as unknown as [pg.QueryConfig])) as never;
  }
}

const lent = new WeakMap<Prisma.TransactionClient, { client: LendingClient; transaction: number }>();

/** The connection on which a transaction of Prisma's runs. It is the transaction's: nobody may end it, release it or keep it. */
export async function clientOf(tx: Prisma.TransactionClient): Promise<pg.Client> {
  if ('$connect' in tx && typeof tx.$connect === 'function')
    throw new Error('This is no transaction: its connection would be lent to others meanwhile. Ask a client that connect() made');
  const known = lent.get(tx);
  if (known && known.client.transactions === known.transaction) return known.client;
  const key = randomUUID();
  let found: LendingClient | undefined;
  asking.set(key, (client) => {
    found = client;
  });
  try {
    await tx.$executeRawUnsafe(lend, key);
  } finally {
    asking.delete(key);
  }
  if (!found) throw new Error('Prisma does not ask its connections as it did: see how prisma/pg-client.ts is asked for one');
  lent.set(tx, { client: found, transaction: found.transactions });
  return found;
}

const names = new Map<string, string>();

/** A day is midnight in UTC, as Prisma's client has it, wherever this runs. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.DATE ? (day: string) => new Date(`${day}T00:00:00Z`) : pg.types.getTypeParser(oid, format),
} as pg.CustomTypesConfig;

/** Asks what is prepared once a connection: its text has to be the same each time. */
export async function prepared<Row extends object>(
  client: pg.ClientBase | pg.Pool,
  text: string,
  values: unknown[],
): Promise<Row[]> {
  const name = names.get(text) ?? `firstbell ${names.size}`;
  names.set(text, name);
  return (await client.query<Row>({ name, text, values, types })).rows;
}

/**
 * Asks as Prisma's $queryRaw does, and is answered by node-postgres in a fifth of the processor time: a date is a Date, a bigint
 * a text. The statement is prepared, so that its text has to be the same each time but for its values.
 */
export const askOn = <Row extends object>(client: pg.ClientBase | pg.Pool, sql: Prisma.Sql): Promise<Row[]> =>
  prepared(client, sql.text, sql.values);

/** The pools of those that are not within a transaction. */
export const poolOf = new WeakMap<object, pg.Pool>();

/** The same of Prisma's client, or within a transaction of it. */
export const ask =
  (db: Prisma.TransactionClient) =>
  async <Row extends object>(text: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> =>
    askOn<Row>(poolOf.get(db) ?? (await clientOf(db)), Prisma.sql(text, ...values));
