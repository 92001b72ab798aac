import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { profileOf } from '../../prisma/authority-profiles.ts';
import { connect } from '../../prisma/client.ts';
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

  it('lets one of two that come at once do the work, and the other finds it done', async () => {
    const url = await aMissingDatabase();
    const applied = await Promise.all([migrate(url), migrate(url)]);
    expect(applied.flat()).toEqual(migrationNames());
  });

  it('refuses data of a newer version, names what it does not know, and changes nothing', async () => {
    const url = await aDatabase();
    const older = mkdtempSync(path.join(tmpdir(), 'firstbell-migrations-'));
    const refused = migrate(url, older);
    await expect(refused).rejects.toBeInstanceOf(NewerData);
    await expect(refused).rejects.toThrow(migrationNames()[0]);
    expect(await migrate(url)).toEqual([]);
  });

  it('knows the demo accounts that an older version made, and takes no real one for one', async () => {
    const url = await aMissingDatabase();
    const older = mkdtempSync(path.join(tmpdir(), 'firstbell-migrations-'));
    const [first = ''] = migrationNames();
    cpSync(path.join(migrationsFolder, first), path.join(older, first), { recursive: true });
    await migrate(url, older);
    const client = new pg.Client(url);
    await client.connect();
    await client.query(`
      INSERT INTO authority VALUES ('practice', 'P', '{}', '', ''), ('mixed', 'M', '{}', '', '');
      INSERT INTO school (id, name, phone, email, authority_id, pack_id, training) VALUES
        ('made-up', '', '', '', 'practice', '', true), ('also', '', '', '', 'mixed', '', true), ('real', '', '', '', 'mixed', '', false);
      INSERT INTO user_account (id, name, email, role, school_id, authority_id, password_hash) VALUES
        ('a', '', 'a', 'sal', 'made-up', NULL, 'x'), ('b', '', 'b', 'ewo', NULL, 'practice', 'x'), ('c', '', 'c', 'sal', 'also', NULL, 'x'),
        ('d', '', 'd', 'ewo', NULL, 'mixed', 'x'), ('e', '', 'e', 'sal', 'real', NULL, 'x'), ('f', '', 'f', 'sal', 'made-up', NULL, NULL)`);
    await migrate(url);
    const { rows } = await client.query<{ id: string }>('SELECT id FROM user_account WHERE demo ORDER BY id');
    await client.end();
    expect(rows.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  });

  it('puts the marks of an older version into their school years, each once', async () => {
    const url = await aMissingDatabase();
    const older = mkdtempSync(path.join(tmpdir(), 'firstbell-migrations-'));
    for (const name of migrationNames().filter((one) => one < '20261125155500'))
      cpSync(path.join(migrationsFolder, name), path.join(older, name), { recursive: true });
    await migrate(url, older);
    const client = new pg.Client(url);
    await client.connect();
    const one = 'gen_random_uuid()';
    await client.query(`INSERT INTO mark (pupil_id, day, session, code, known_from, import_id) VALUES
      (${one}, '2025-08-31', 'AM', '/', now(), ${one}), (${one}, '2025-09-01', 'AM', 'N', now(), ${one}), (${one}, '2026-08-31', 'PM', 'I', now(), ${one})`);
    await migrate(url);
    const { rows } = await client.query('SELECT tableoid::regclass::text AS year, day::text FROM mark ORDER BY day');
    await client.query("SELECT make_mark_year('2026-09-01'), make_mark_year('2026-09-01')");
    const again =
      'INSERT INTO mark (pupil_id, day, session, code, known_from, import_id) SELECT pupil_id, day, session, code, now(), import_id FROM mark';
    const twice = client.query(again);
    await expect(twice).rejects.toThrow('duplicate key');
    await client.end();
    expect(rows).toEqual([
      { year: 'mark_2024', day: '2025-08-31' },
      { year: 'mark_2025', day: '2025-09-01' },
      { year: 'mark_2025', day: '2026-08-31' },
    ]);
  });

  it('moves what an authority asks for into its profile, and leaves the rest of that as it was', async () => {
    const url = await aMissingDatabase();
    const older = mkdtempSync(path.join(tmpdir(), 'firstbell-migrations-'));
    for (const name of migrationNames().filter((one) => one < '20261130111725'))
      cpSync(path.join(migrationsFolder, name), path.join(older, name), { recursive: true });
    await migrate(url, older);
    const client = new pg.Client(url);
    await client.connect();
    const authority = (id: string, days: number | null) =>
      client.query("INSERT INTO authority (id, name, address, phone, email, irregular_days) VALUES ($1, $2, '{}', '', '', $3)", [
        id,
        `The "${id}": council`,
        days,
      ]);
    for (const [id, days] of [
      ['ten', 10],
      ['five', 5],
      ['none', null],
      ['own', 7],
      ['southwark', 6],
    ] as const)
      await authority(id, days);
    await client.query(
      "INSERT INTO authority_profile (authority_id, text) VALUES ('own', E'authority: own\ntitle: Own\nservice: Theirs\n')",
    );
    await migrate(url);
    await client.end();
    const db = connect(url);
    const asks = async (id: string) => (await profileOf(db, id, '2024-09-02')).profile['attendance return']['irregular absence'];
    expect(await Promise.all(['ten', 'five', 'none', 'own', 'southwark', 'hertfordshire'].map(asks))).toEqual([
      10,
      5,
      null,
      7,
      6,
      10,
    ]);
    expect((await profileOf(db, 'southwark', '2024-09-02')).layers).toHaveLength(3);
    expect((await profileOf(db, 'own', '2024-09-02')).profile.service).toBe('Theirs');
    await db.$disconnect();
  });

  it('keeps what was decided on leave, by whom and in which role', async () => {
    const url = await aMissingDatabase();
    const older = mkdtempSync(path.join(tmpdir(), 'firstbell-migrations-'));
    for (const name of migrationNames().filter((one) => one < '20261130175739'))
      cpSync(path.join(migrationsFolder, name), path.join(older, name), { recursive: true });
    await migrate(url, older);
    const client = new pg.Client(url);
    await client.connect();
    const [decided, waits] = ['00000000-0000-8000-a000-000000000001', '00000000-0000-8000-a000-000000000002'];
    await client.query(`
      SET session_replication_role = replica;
      INSERT INTO user_account (id, name, email, role) VALUES ('ann', 'Ann', 'ann@example.org', 'sal');
      INSERT INTO leave_request (id, school_id, pupil_id, from_day, to_day, reason, asked_by, received_on, recorded_by, granted,
        decided_by, decided_on, decided_why, decided_at)
      VALUES ('${decided}', 's', gen_random_uuid(), '2026-11-02', '2026-11-03', 'x', 'y', '2026-10-01', 'o', false,
        'ann', '2026-10-02', 'Not exceptional', '2026-10-02T09:00Z'),
        ('${waits}', 's', gen_random_uuid(), '2026-11-02', '2026-11-03', 'x', 'y', '2026-10-05', 'o', NULL, NULL, NULL, NULL, NULL)`);
    await migrate(url);
    const { rows } = await client.query(`
      SELECT r.id, r.waits_since::text, d.granted, d.decided_by, d.role, d.decided_on::text, d.why, d.taken_back_at
      FROM leave_request AS r LEFT JOIN leave_decision AS d ON d.request_id = r.id ORDER BY r.id`);
    await client.end();
    const was = { granted: false, decided_by: 'ann', role: 'sal', decided_on: '2026-10-02', why: 'Not exceptional' };
    expect(rows).toMatchObject([
      { id: decided, ...was, taken_back_at: null },
      { id: waits, waits_since: '2026-10-05', granted: null },
    ]);
  });

  it('has a migration for everything in the schema (npx firstbell new-migration NAME writes it)', async () => {
    const [soFar, schema] = ['migrations/schema.prisma', 'schema.prisma'].map((file) =>
      readFileSync(path.join(migrationsFolder, '..', file), 'utf8'),
    );
    expect(await stepsBetween(soFar, schema ?? '', await aDatabase())).toBe('');
  });
});
