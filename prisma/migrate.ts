import pg from 'pg';
import { everything, migrationList, migrationNames, migrationsFolder, withSchemaEngine } from './schema-engine.ts';

/** The data was made by a version of the program that knows migrations which this one does not have. */
export class NewerData extends Error {
  override readonly name = 'NewerData';

  constructor(unknown: readonly string[]) {
    super(
      `The data was made by a newer version of Firstbell (it has ${unknown.join(', ')}): start that version, or use other data.`,
    );
  }
}

/**
 * Brings a database to the shape of this version, and makes the database if it is missing. Prisma's own record of what was
 * applied is kept, so `prisma migrate deploy` may be used as well.
 * @returns the names of the migrations applied now
 */
export async function migrate(databaseUrl: string, folder = migrationsFolder): Promise<string[]> {
  await makeIfMissing(databaseUrl);
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    // Two processes may start at once; the second waits here and finds nothing to do.
    await client.query("SELECT pg_advisory_lock(hashtext('firstbell migrations'))");
    const applied = await appliedTo(client);
    const unknown = applied.filter((name) => !migrationNames(folder).includes(name));
    if (unknown.length > 0) throw new NewerData(unknown);
    return await apply(databaseUrl, folder);
  } finally {
    await client.end();
  }
}

/**
 * The migrations of this version that a database lacks, in their order: all of them if there is no such database.
 * @throws what PostgreSQL says if it cannot be asked.
 */
export async function lackingMigrations(databaseUrl: string, folder = migrationsFolder): Promise<string[]> {
  const names = migrationNames(folder);
  if (!(await exists(databaseUrl))) return names;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const applied = await appliedTo(client);
    return names.filter((name) => !applied.includes(name));
  } finally {
    await client.end();
  }
}

async function apply(databaseUrl: string, folder: string): Promise<string[]> {
  const list = { migrationsList: migrationList(folder), filters: everything };
  return (await withSchemaEngine(databaseUrl, (engine) => engine.applyMigrations(list))).appliedMigrationNames;
}

async function appliedTo(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ there: boolean }>("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS there");
  if (!rows[0]?.there) return [];
  const finished = 'finished_at IS NOT NULL AND rolled_back_at IS NULL';
  const applied = await client.query<{ name: string }>(`SELECT migration_name AS name FROM _prisma_migrations WHERE ${finished}`);
  return applied.rows.map(({ name }) => name);
}

async function makeIfMissing(databaseUrl: string): Promise<void> {
  const url = new URL(databaseUrl);
  const name = decodeURIComponent(url.pathname.slice(1));
  if (await exists(databaseUrl)) return;
  url.pathname = '/postgres';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } catch (error) {
    if (!['42P04', '23505'].includes((error as pg.DatabaseError).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

async function exists(databaseUrl: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: databaseUrl });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if ((error as pg.DatabaseError).code === '3D000') return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
