import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { LendingClient, poolOf } from './pg-client.ts';
import { statementNames } from './statement-names.ts';

/** The database, and the same within one transaction. */
export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

/** Connects to PostgreSQL. The caller disconnects it. */
export function connect(databaseUrl: string): Db {
  const pool = new pg.Pool({ connectionString: databaseUrl, Client: LendingClient });
  // A connection that is lost while nothing is asked on it is made again by what is asked next.
  pool.on('error', () => undefined);
  const adapter = new PrismaPg(pool, { disposeExternalPool: true, statementNameGenerator: statementNames() });
  // Minimal errors: what a query was given could be somebody's name, and errors are logged.
  const db = new PrismaClient({ adapter, errorFormat: 'minimal' });
  poolOf.set(db, pool);
  return db;
}
