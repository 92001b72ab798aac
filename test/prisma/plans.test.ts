import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { importRegisterFile } from '../../activities/register/import-register-file.ts';
import type { ImportDeps } from '../../activities/register/import-result.ts';
import { penaltyNoticeCodes, sicknessCodes } from '../../policy/register/codes.ts';
import type { ImportKind } from '../../policy/register/csv-forms.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { countsBetween } from '../../prisma/figures.ts';
import { noticeSessionsByWeek } from '../../prisma/notice-sessions.ts';
import { classSessions, correctionsOf, marksOf, marksOfAll, registerRows, unexplainedOf } from '../../prisma/register.ts';
import { dayByClass, pupilsForReturn } from '../../prisma/returns.ts';
import { alikeOf, registersMissing } from '../../prisma/school-figures.ts';
import { aRegister, csvOf, markCells, pupilCells, schoolId } from '../activities/register/a-register.ts';
import { until } from '../support/until.ts';

const on = '2026-12-04';
const year = { from: '2026-09-01', to: on };
const week = { from: '2026-11-30', to: on };
const then = new Date('2026-11-01T09:00:00Z');
const asker = 'plans';

/** An authority of twenty schools, a term of marks of each, as the planner knows them. */
describe('what is asked of the register of one school', () => {
  let school: Awaited<ReturnType<typeof aRegister>>;
  let pupilId: string;
  beforeAll(async () => {
    school = await aRegister({ pupils: Array.from({ length: 30 }, (_, i) => `P${i}`), on });
    pupilId = await school.idOf('P1');
    await school.pool.query(`
      INSERT INTO school SELECT (jsonb_populate_record(s, jsonb_build_object('id', 'school-' || n))).*
        FROM school AS s, generate_series(1, 19) AS n WHERE s.id = 'kiln';
      INSERT INTO pupil SELECT (jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'school_id', 'school-' || n))).*
        FROM pupil AS p, generate_series(1, 19) AS n WHERE p.school_id = 'kiln';
      SELECT make_mark_year('2026-09-01');
      INSERT INTO register_import (id, school_id, kind, file_name, sha256, status)
        SELECT gen_random_uuid(), 'kiln', 'marks', 'all.csv', '', 'done';
      INSERT INTO mark (pupil_id, day, session, code, known_from, import_id)
        SELECT p.id, d, s, CASE WHEN random() < 0.02 THEN 'N' WHEN random() < 0.03 THEN 'O' ELSE '/' END, d + time '09:00', i.id
        FROM pupil AS p, (SELECT id FROM register_import WHERE file_name = 'all.csv') AS i,
          generate_series('2026-09-02'::timestamp, '2026-12-03', interval '1 day') AS d, unnest(ARRAY['AM', 'PM']) AS s
        WHERE extract(isodow FROM d) < 6;
      INSERT INTO pupil_total (pupil_id, school_year, possible, attended, authorised, unauthorised)
        SELECT id, '2026/27', 100, 80, 10, 10 FROM pupil;
      ANALYZE;`);
    await everythingTold();
  });
  afterAll(() => school.end());

  /** Whatever read the register while it was made tells so now, and not while something else is looked at. */
  async function everythingTold(): Promise<void> {
    await school.db.$disconnect();
    const connections = Array.from({ length: school.pool.options.max }, () => 'SELECT pg_stat_force_next_flush(), pg_sleep(0.2)');
    await Promise.all(connections.map((tell) => school.pool.query(tell)));
  }

  /** How often all marks of the school year were read one after another. A session tells its own when it ends. */
  async function readThrough(ask: (db: Db, deps: ImportDeps) => Promise<unknown>): Promise<number> {
    const url = `${school.url}${school.url.includes('?') ? '&' : '?'}application_name=${asker}`;
    const scans = async () => {
      const { rows } = await school.pool.query(
        `SELECT pg_stat_clear_snapshot(), seq_scan FROM pg_stat_user_tables WHERE relname = 'mark_2026'`,
      );
      return Number(rows[0].seq_scan);
    };
    const before = await scans();
    const db = connect(url);
    const pool = new pg.Pool({ connectionString: url, max: 4 });
    await ask(db, { ...school.deps, db, pool });
    await Promise.all([db.$disconnect(), pool.end()]);
    await until(async () => {
      const left = await school.pool.query('SELECT FROM pg_stat_activity WHERE application_name = $1', [asker]);
      return left.rowCount === 0;
    });
    return (await scans()) - before;
  }

  const file = (kind: ImportKind, content: string) => async (_: Db, deps: ImportDeps) => {
    const order = { schoolId, fileName: `${kind}.csv`, by: null, on };
    const done = await importRegisterFile(kind, deps, () => Readable.from([Buffer.from(content)]), order);
    expect([done.status, done.problems]).toEqual(['done', []]);
  };
  const theDay = (code: string) =>
    csvOf(
      'marks',
      Array.from({ length: 30 }, (_, i) => markCells([`P${i}`, on, 'AM', i === 1 ? code : '/'])),
    );

  it('is counted as reading all marks where nothing else can answer', async () => {
    expect(await readThrough((db) => db.mark.count({ where: { reason: 'none' } }))).toBeGreaterThan(0);
  });

  it.each<[string, (db: Db, deps: ImportDeps) => Promise<unknown>]>([
    ['a pupil’s marks', (db) => marksOf(db, pupilId, year)],
    ['a pupil’s marks as they were known', (db) => marksOf(db, pupilId, year, then)],
    ['a pupil’s corrections', (db) => correctionsOf(db, pupilId, year)],
    ['the marks of all whose cases an import opens', async (db) => marksOfAll(db, (await idsAt(db)).slice(0, 15), year)],
    ['the register of a class', (db) => registerRows(db, { schoolId, className: '9A', ...week })],
    ['absences without a reason', (db) => unexplainedOf(db, schoolId, year)],
    ['registers that are missing', (db) => classSessions(db, schoolId, ['2026-12-01', '2026-12-02', '2026-12-03'], null)],
    ['the figures of a year', (db) => countsBetween(db, { schoolId, ...year }, then)],
    ['the figures of a week', (db) => countsBetween(db, { schoolId, ...week })],
    ['sessions towards a notice, week by week', (db) => noticeSessionsByWeek(db, { schoolIds: [schoolId], ...year })],
    ['how the pupils of schools stand', (db) => alikeOf(db, { schoolIds: [schoolId], on, since: week.from })],
    ['how they stood', (db) => alikeOf(db, { schoolIds: [schoolId], on, since: week.from }, then)],
    ['registers that schools lack', (db) => registersMissing(db, [{ schoolId, on: '2026-12-03' }])],
    ['the attendance return', (db) => pupilsForReturn(db, { schoolId, codes: penaltyNoticeCodes, ...year, least: 4 })],
    ['the sickness return', (db) => pupilsForReturn(db, { schoolId, codes: sicknessCodes, ...year, least: 4 })],
    ['the daily summary', (db) => dayByClass(db, schoolId, '2026-12-03')],
    ['a file of new marks', file('marks', theDay('/'))],
    ['a file that corrects', file('marks', theDay('I'))],
    [
      'a file of pupils that moves a day of joining',
      file('pupils', csvOf('pupils', [pupilCells('P1', 1, { on_roll_from: '2026-09-03' })])),
    ],
  ])('%s: found without reading all marks of the year', async (_, ask) => {
    expect(await readThrough(ask)).toBe(0);
  });

  const idsAt = async (db: Db) => (await db.pupil.findMany({ where: { schoolId }, select: { id: true } })).map(({ id }) => id);
});
