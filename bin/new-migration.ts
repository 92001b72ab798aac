import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepsBetween } from '../prisma/schema-difference.ts';
import { checkout } from './checkout.ts';
import { type Command, WrongUse } from './command.ts';
import { startDatabase } from './parts/database.ts';

export const command: Command = {
  summary: 'write the next migration, from the schema that the migrations give so far to prisma/schema.prisma (for developers)',
  usage: 'new-migration NAME',
  async run([name]) {
    if (!name || !/^[a-z][a-z0-9-]*$/.test(name))
      throw new WrongUse('Give the migration a name in lower case, such as add-letters.');
    const soFar = existsSync(snapshot) ? readFileSync(snapshot, 'utf8') : undefined;
    const sql = await withScratchDatabase((url) => stepsBetween(soFar, readFileSync(schema, 'utf8'), url));
    if (sql === '') return said('The migrations already give prisma/schema.prisma: nothing to write.');
    const file = path.join(migrations, `${stamp()}_${name.replaceAll('-', '_')}`, 'migration.sql');
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, sql);
    copyFileSync(schema, snapshot);
    return said(
      `Wrote ${path.relative(process.cwd(), file)}. Read it before you commit it, with ${path.relative(process.cwd(), snapshot)}.`,
    );
  },
};

const schema = fileURLToPath(new URL('prisma/schema.prisma', checkout));
const migrations = fileURLToPath(new URL('prisma/migrations', checkout));
/** The schema as the last migration left it: what the next one starts from. */
const snapshot = path.join(migrations, 'schema.prisma');
const stamp = () => new Date().toISOString().replaceAll(/\D/g, '').slice(0, 14);

function said(text: string): number {
  console.log(text);
  return 0;
}

async function withScratchDatabase<T>(use: (url: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-migration-'));
  const database = await startDatabase({ folder: path.join(folder, 'postgres'), password: 'scratch' });
  try {
    return await use(database.urlOf('postgres'));
  } finally {
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
