import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { trainingSchool } from '../../policy/training/staff.ts';
import { importOf, importsOf } from '../../prisma/imports.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';
import { workerOf } from '../support/worker-of.ts';

const csv = 'admission_no,date,session,code\nada,2026-09-10,AM,O\nada,2026-09-10,PM,O\n';

/** `firstbell import`, and then the worker, is killed with SIGKILL at each point between COPY and the signal to the case. */
describe('an import that opens a case is killed', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-killed-'));
  const file = path.join(folder, 'marks.csv');
  let school: Awaited<ReturnType<typeof aSchool>>;
  let holder: pg.Client;

  beforeAll(async () => {
    writeFileSync(file, csv);
    school = await aSchool({ today: '2026-09-21', pupils: { ada: {} }, workerless: true });
    holder = new pg.Client({ connectionString: school.config.DATABASE_URL });
    await holder.connect();
  });
  afterAll(async () => {
    await holder.end();
    await school.end();
    rmSync(folder, { recursive: true });
  });

  function importing(): ChildProcess {
    const env = { PATH: process.env.PATH, DATABASE_URL: school.config.DATABASE_URL };
    const args = ['bin/firstbell.mjs', 'import', 'marks', file, '--school', trainingSchool.id];
    return spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  }
  const killed = async (child: ChildProcess) => {
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  /** Somebody else's process waits for a table that is held here. */
  const held = (table: string) =>
    until(async () => {
      const waiting = await holder.query('SELECT FROM pg_locks WHERE NOT granted AND relation = $1::regclass', [table]);
      return waiting.rowCount === 1;
    });
  /** Nobody but this test is in the middle of anything. */
  const quiet = () =>
    until(async () => {
      const others = await holder.query(`SELECT FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`);
      return others.rowCount === 0;
    });
  const absences = () => school.db.mark.count({ where: { code: 'O', knownUntil: null } });
  const words = () => school.db.outbox.findMany({ select: { kind: true, deliveredAt: true } });
  const lastImport = () => school.db.registerImport.findFirstOrThrow({ orderBy: { startedAt: 'desc' } });
  const openings = () => school.db.ledgerEvent.count({ where: { inputKey: 'opened', seq: 1 } });

  it('before it is committed: nothing of it is there', async () => {
    await holder.query('BEGIN; LOCK TABLE outbox IN EXCLUSIVE MODE');
    const child = importing();
    await held('outbox');
    expect((await importsOf(school.db, trainingSchool.id, undefined)).rows[0]).toMatchObject({ status: 'running' });
    await killed(child);
    await holder.query('ROLLBACK');
    await quiet();
    expect([await absences(), await words(), await school.db.attendanceCase.count()]).toEqual([0, [], 0]);
    const { id, status } = await lastImport();
    expect(status).toBe('running');
    // Whoever looks is told so at once, and not only after the school's next import.
    expect((await importsOf(school.db, trainingSchool.id, undefined)).rows[0]).toMatchObject({ id, status: 'refused' });
    expect(await importOf(school.db, trainingSchool.id, id)).toMatchObject({
      status: 'refused',
      problems: [{ cure: 'The import was interrupted and nothing was changed: import the file again' }],
    });
  });

  it('after it is committed, before it could say so: all of it is there, and the same file again is nothing new', async () => {
    await holder.query('BEGIN; LOCK TABLE outbox IN EXCLUSIVE MODE');
    const child = importing();
    await held('outbox');
    await holder.query('ROLLBACK; BEGIN; LOCK TABLE staged_mark IN SHARE MODE');
    await held('staged_mark');
    await killed(child);
    await holder.query('ROLLBACK');
    await quiet();
    const there = [2, [{ kind: 'start', deliveredAt: null }], 1];
    expect([await absences(), await words(), await openings()]).toEqual(there);
    expect(await lastImport()).toMatchObject({ status: 'done', changed: 2, casesOpened: 1 });
    const again = importing();
    expect(await once(again, 'exit')).toEqual([0, null]);
    expect(await lastImport()).toMatchObject({ status: 'done', changed: 0, unchanged: 2, casesOpened: 0 });
    expect([await absences(), await words(), await openings()]).toEqual(there);
  });

  it('when the case’s workflow has begun and nobody has written that down: it begins once', async () => {
    await holder.query('BEGIN; LOCK TABLE outbox IN SHARE MODE');
    const first = await workerOf(school);
    await held('outbox');
    await first.kill();
    // As if it had died a moment earlier: what it asked for last was never asked.
    await holder.query('SELECT pg_terminate_backend(pid) FROM pg_locks WHERE NOT granted AND relation = $1::regclass', [
      'outbox',
    ]);
    await holder.query('ROLLBACK');
    await quiet();
    expect(await words()).toEqual([{ kind: 'start', deliveredAt: null }]);
    const { id: pupilId } = await school.db.pupil.findFirstOrThrow({ where: { admissionNo: 'ada' } });
    const run = () => school.engine.client.workflow.getHandle(caseWorkflowId(pupilId)).describe();
    const { runId } = await run();
    const second = await workerOf(school);
    await until(async () => (await words()).every(({ deliveredAt }) => deliveredAt !== null));
    expect(await run()).toMatchObject({ runId, status: { name: 'RUNNING' } });
    expect([await openings(), await school.db.proposal.count()]).toEqual([1, 1]);
    await second.stop();
  });
});
