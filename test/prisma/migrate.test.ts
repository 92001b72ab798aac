import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { migrate, NewerData } from '../../prisma/migrate.ts';
import { stepsBetween } from '../../prisma/schema-difference.ts';
import { migrationNames, migrationsFolder } from '../../prisma/schema-engine.ts';
import { aDatabase } from '../support/servers.ts';

/** A database that is not there yet, on the server of this run. */
async function aMissingDatabase(): Promise<string> {
  const url = new URL(await aDatabase());
  url.pathname += '_missing';
  return url.href;
}

describe('migrating', () => {
  it('makes the database, applies each migration once, and then has nothing to do', async () => {
    const url = await aMissingDatabase();
    expect(await migrate(url)).toEqual(migrationNames());
    expect(await migrate(url)).toEqual([]);
  });

  it('lets one of two that come at once do the work, without keeping the other waiting', async () => {
    const url = await aMissingDatabase();
    const began = Date.now();
    const applied = await Promise.all([migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual(migrationNames());
    expect(Date.now() - began).toBeLessThan(8_000);
  });

  it('refuses data of a newer version, names what it does not know, and changes nothing', async () => {
    const url = await aDatabase();
    const older = mkdtempSync(path.join(tmpdir(), 'firstbell-migrations-'));
    const refused = migrate(url, older);
    await expect(refused).rejects.toBeInstanceOf(NewerData);
    await expect(refused).rejects.toThrow(migrationNames()[0]);
    expect(await migrate(url)).toEqual([]);
  });

  it('has a migration for everything in the schema (npx firstbell new-migration NAME writes it)', async () => {
    const [soFar, schema] = ['migrations/schema.prisma', 'schema.prisma'].map((file) =>
      readFileSync(path.join(migrationsFolder, '..', file), 'utf8'),
    );
    expect(await stepsBetween(soFar, schema ?? '', await aDatabase())).toBe('');
  });
});
