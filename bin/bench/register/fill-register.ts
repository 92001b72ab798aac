import type { Pool } from 'pg';
import type { Day } from '../../../policy/calendar/day.ts';
import { schoolYearOf, schoolYearStart } from '../../../policy/calendar/school-calendar.ts';
import { lastThreeYears, yearStart } from './school-days.ts';

/** One pupil in so many crosses 96% on a day that is brought in. */
const crossesOneIn = 200;

/** Whether a pupil, by number, is one of those who are away and cross on the nth day that is brought in. */
export const crossesOn = (no: number, n: number): boolean => no % crossesOneIn === n + 1;

/**
 * The last three years of marks of these schools, a day after the other as registers come in, written by the server itself:
 * what is there already is not what is measured. Everybody is ill on one day in a hundred, and a few stay just above 96%.
 */
export async function fillRegister(pool: Pool, schools: readonly { id: string }[], until: Day): Promise<void> {
  const days = lastThreeYears.filter((day) => day < until);
  const ids = schools.map(({ id }) => id);
  const thisYear = days.filter((day) => day >= yearStart);
  const near = new Set(thisYear.slice(0, Math.floor(thisYear.length * 0.04)));
  await withoutIndexes(pool, async () => {
    for (const begins of new Set(days.map(schoolYearStart))) await pool.query('SELECT make_mark_year($1::date)', [begins]);
    for (const [i, day] of days.entries())
      await pool.query(
        `INSERT INTO mark (pupil_id, day, session, code, known_from, import_id)
         SELECT id, $2, session, CASE WHEN away THEN 'I' WHEN session = 'AM' THEN '/' ELSE '\\' END, $2::date + time '10:00', gen_random_uuid()
         FROM (SELECT id, CASE WHEN $4::date >= $5::date AND no % ${crossesOneIn} BETWEEN 1 AND 20 THEN $6 ELSE (no + $3) % 100 = 0 END AS away
           FROM (SELECT id, admission_no::int AS no FROM pupil WHERE school_id = ANY ($1)) AS n) AS p
         CROSS JOIN (VALUES ('AM'), ('PM')) AS s (session)`,
        [ids, day, i, day, yearStart, near.has(day)],
      );
  });
  for (const begins of new Set(days.map(schoolYearStart)))
    await pool.query(
      `INSERT INTO pupil_total (pupil_id, school_year, possible, attended, authorised, unauthorised)
       SELECT pupil_id, $2, count(*), count(*) FILTER (WHERE code <> 'I'), count(*) FILTER (WHERE code = 'I'), 0
       FROM mark JOIN pupil AS p ON p.id = pupil_id
       WHERE school_id = ANY ($1) AND day >= $3::date AND day < $3::date + interval '1 year' GROUP BY pupil_id`,
      [ids, schoolYearOf(begins), begins],
    );
  // What the server does by itself when a night has passed.
  await pool.query('VACUUM ANALYZE');
}

/** Indexes are made again afterwards at once: an hour faster than row by row at the size of an authority. */
async function withoutIndexes(pool: Pool, fill: () => Promise<void>): Promise<void> {
  const { rows } = await pool.query<{ name: string; made: string }>(
    `SELECT indexrelid::regclass::text AS name, pg_get_indexdef(indexrelid) AS made FROM pg_index WHERE indrelid = 'mark'::regclass`,
  );
  for (const { name } of rows) await pool.query(`DROP INDEX ${name}`);
  await fill();
  for (const { made } of rows) await pool.query(made.replace(' ON ONLY ', ' ON '));
}
