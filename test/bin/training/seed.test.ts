import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import pg from 'pg';
import { casesOpener } from '../../../bin/cases-opener.ts';
import { seedTrainingSchool } from '../../../bin/training/seed.ts';
import { demoPassword } from '../../../policy/training/demo-password.ts';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { connect, type Db } from '../../../prisma/client.ts';
import { dayOf } from '../../../prisma/day-column.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aDatabase } from '../../support/servers.ts';

describe('making the training school', () => {
  let db: Db;
  let pool: pg.Pool;
  const said: string[] = [];
  const seed = () => seedTrainingSchool({ db, pool, openCases: casesOpener(), say: (line) => said.push(line) });

  beforeAll(async () => {
    const databaseUrl = await aDatabase();
    db = connect(databaseUrl);
    pool = new pg.Pool({ connectionString: databaseUrl, max: 3 });
    const pack = readFileSync(new URL('../../../policy/packs/gloucestershire.yaml', import.meta.url), 'utf8');
    await keepPack(db, pack, 'gloucestershire.yaml');
    await seed();
  });
  afterAll(() => Promise.all([db.$disconnect(), pool.end()]));

  it('opens on Monday 5 October with 1,060 pupils and the register of every session so far', async () => {
    const school = await db.school.findUniqueOrThrow({ where: { id: trainingSchool.id } });
    expect([school.training, school.today && dayOf(school.today)]).toEqual([true, '2026-10-05']);
    expect(await db.pupil.count()).toBe(1060);
    expect(await db.mark.count({ where: { knownUntil: null } })).toBe(24 * 2 * 1060);
    expect(await db.mark.count({ where: { knownUntil: { not: null } } })).toBeGreaterThan(5);
  });

  it('has an open case with something for a person to decide for each pupil whom the policy calls for', async () => {
    const totals = await db.pupilTotal.findMany();
    const called = totals.filter(({ attended, possible }) => attended * 100 <= 96 * possible).map(({ pupilId }) => pupilId);
    const cases = await db.attendanceCase.findMany({ where: { status: 'open' } });
    expect(called.length).toBeGreaterThan(60);
    expect(called.length).toBeLessThan(120);
    expect(called.filter((id) => !cases.some(({ pupilId }) => pupilId === id))).toEqual([]);
    const waiting = new Set((await db.proposal.findMany({ where: { status: 'open' } })).map(({ matterId }) => matterId));
    const opened = new Set(cases.map(({ openedOn }) => dayOf(openedOn)));
    expect(cases.filter(({ id }) => waiting.has(id)).length).toBeGreaterThan(called.length * 0.9);
    expect(opened.size).toBeGreaterThan(1);
  });

  it('has the families that bite among those with a case', async () => {
    const nos = (await db.attendanceCase.findMany({ include: { pupil: true } })).map(({ pupil }) => pupil.admissionNo);
    expect(nos).toEqual(
      expect.arrayContaining(['A0002', 'A0003', 'A0004', 'A0005', 'A0006', 'A0007', 'A0008', 'A0009', 'A0010']),
    );
    const [order] = await db.pupilContact.findMany({ where: { pupil: { admissionNo: 'A0003' }, restriction: { not: null } } });
    expect(order).toMatchObject({ restrictionDocument: expect.any(String), restrictionReadBy: expect.any(String) });
  });

  it('keeps one hash of the one password of all accounts', async () => {
    const users = await db.user.findMany();
    const hashes = new Set(users.map(({ passwordHash }) => passwordHash));
    expect(hashes.size).toBe(1);
    expect(await verify([...hashes][0] ?? '', demoPassword)).toBe(true);
  });

  it('does nothing the second time', async () => {
    const before = [await db.registerImport.count(), await db.ledgerEvent.count(), said.length];
    await seed();
    expect([await db.registerImport.count(), await db.ledgerEvent.count(), said.length]).toEqual(before);
  });
});
