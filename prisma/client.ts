import { CopyingPg } from './copy.ts';
import { type Prisma, PrismaClient } from './generated/client.ts';
import { statementNames } from './statement-names.ts';

/** The database, and the same within one transaction. */
export type Db = PrismaClient;
export type Tx = Prisma.TransactionClient;

/** Connects to PostgreSQL. The caller disconnects it. */
export const connect = (databaseUrl: string): Db =>
  // Minimal errors: what a query was given could be somebody's name, and errors are logged.
  new PrismaClient({
    adapter: new CopyingPg({ connectionString: databaseUrl }, { statementNameGenerator: statementNames() }),
    errorFormat: 'minimal',
  });
