import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Database, startDatabase } from '../../bin/parts/database.ts';
import { freePort } from '../../bin/parts/ports.ts';
import { migrate } from '../../prisma/migrate.ts';
import { apiOf } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';

const absent = { '2026-09-10': 'O' };
const many = ['fay', 'gil', 'hal', 'ivy', 'jon', 'kim'];

/** PostgreSQL is stopped, killed and started under a running worker and API. */
describe('the database goes away and comes back', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-restart-'));
  let port: number;
  let database: Database;
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;
  const start = async () => {
    database = await startDatabase({ folder: path.join(folder, 'postgres'), password: 'test', port });
  };

  beforeAll(async () => {
    chmodSync(folder, 0o755);
    port = await freePort();
    await start();
    const databaseUrl = database.urlOf('firstbell');
    await migrate(databaseUrl);
    const pupils = Object.fromEntries(['ada', 'ben', ...many].map((name) => [name, absent]));
    school = await aSchool({ today: '2026-09-21', pupils, databaseUrl });
    api = await apiOf(school);
  });
  afterAll(async () => {
    await api.stop();
    await school.end();
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const approvals = async (pupil: string) =>
    school.db.ledgerEvent.count({ where: { matterId: (await school.caseOf(pupil)).id, type: 'letters approved' } });

  it('a decision made meanwhile is 503, nothing of it is kept, and it may be made again', async () => {
    const approve = await api.approval('ada');
    await database.stop();
    const reply = await approve();
    expect([reply.status, reply.type]).toEqual([503, 'application/problem+json; charset=utf-8']);
    expect(reply.body.detail).toMatch(/Try again/);
    await start();
    expect(await school.lettersOf('ada')).toEqual([]);
    await until(async () => (await approve()).status === 200);
    expect(await school.lettersOf('ada')).toHaveLength(2);
    expect(await approvals('ada')).toBe(1);
  });

  it('a decision cut off in its middle by a crash is 503 and is not taken later; made again it is taken once', async () => {
    const approve = await api.approval('ben');
    const { id } = await school.caseOf('ben');
    const other = new pg.Client(school.config.DATABASE_URL);
    other.on('error', () => undefined);
    await other.connect();
    await other.query('BEGIN');
    await other.query('SELECT FROM attendance_case WHERE id = $1 FOR UPDATE', [id]);
    const first = approve();
    const waits = `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%attendance_case%FOR UPDATE%'`;
    await until(async () => (await school.db.$executeRawUnsafe(waits)) > 0);
    const { pid } = JSON.parse(readFileSync(path.join(folder, 'postgres.pid.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await database.ended;
    expect((await first).status).toBe(503);
    await until(() =>
      start().then(
        () => true,
        () => false,
      ),
    );
    await until(async () => (await approve()).status === 200);
    expect(await school.lettersOf('ben')).toHaveLength(2);
    expect(await approvals('ben')).toBe(1);
  });

  it('decisions made all through a restart are each taken or refused; made again until taken, each is taken once', async () => {
    const approve = await Promise.all(many.map((pupil) => api.approval(pupil)));
    const first: Promise<number>[] = [];
    const restart = async () => {
      await database.stop();
      await start();
    };
    const restarting = restart();
    for (const one of approve) {
      first.push(one().then(({ status }) => status));
      await new Promise((done) => setTimeout(done, 100));
    }
    await restarting;
    expect((await Promise.all(first)).filter((status) => ![200, 503].includes(status))).toEqual([]);
    for (const one of approve) await until(async () => (await one()).status === 200);
    for (const pupil of many) expect([pupil, await approvals(pupil)]).toEqual([pupil, 1]);
  });

  it('a letter that is being sent meanwhile is known to be sent, and is not sent again', async () => {
    school.mail.behave('slow');
    await school.release('ada');
    await until(async () => school.familiesReached().length === 2);
    await database.stop();
    await start();
    await until(async () => (await school.lettersOf('ada')).every(({ status }) => status === 'sent'));
    school.mail.behave('kind');
  });

  it('then the day goes on: each letter goes once, and every ledger is whole', async () => {
    await school.stepTo('2026-09-22');
    const all = ['ada', 'ben', ...many].flatMap((name) => [1, 2].map((n) => `${name}.${n}@families.example`));
    expect(school.familiesReached()).toEqual(all);
    expect(await school.wrongs()).toEqual([]);
  });
});
