import { type Day, londonDay, londonInstant, londonTime } from '../../policy/calendar/day.ts';
import type { Tx } from '../../prisma/client.ts';
import { followChange } from './follow-change.ts';
import type { Found, Importer } from './importer.ts';
import { mostProblems } from './raw-row.ts';
import { recount } from './recount.ts';

/** Rows of a file that say different things of one session. */
export async function contradictions(tx: Tx, importId: string): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ row: number; code: string; first: number; said: string; with: number[] }[]>`
    SELECT row, code, first, said, "with" FROM (
      SELECT row, code, first_value(row) OVER w AS first, first_value(code) OVER w AS said,
        array_agg(n) OVER (PARTITION BY pupil_id, day, session) AS "with"
      FROM staged_mark JOIN (
        SELECT pupil_id, day, session FROM staged_mark WHERE import_id = ${importId}::uuid
        GROUP BY pupil_id, day, session HAVING min(code) <> max(code)
      ) AS torn USING (pupil_id, day, session)
      WHERE import_id = ${importId}::uuid
      WINDOW w AS (PARTITION BY pupil_id, day, session ORDER BY n)
    ) AS s WHERE code <> said ORDER BY row LIMIT ${mostProblems}`;
  return rows.map(({ row, code, first, said, with: all }) => ({
    ...{ row, with: all, column: 'code', value: code },
    cure: `Row ${first} says "${said}" of the same pupil and session: keep one of the two`,
  }));
}

/** Makes the staged marks the register's. What was believed before stays, with the instant until which it was believed. */
export const mergeMarks: Importer['merge'] = async (merging) => {
  const { tx, order, importId } = merging;
  const touched = await changedMarks(tx, importId);
  if (touched.length > 0) await writeMarks(tx, importId, instantOf(order.on, merging.deps.now?.() ?? Date.now()));
  const added = sum(touched.map((one) => one.added));
  const changed = sum(touched.map((one) => one.changed));
  const corrected = new Set(touched.filter((one) => one.changed > 0).map(({ pupilId }) => pupilId));
  const days = touched.flatMap(({ first, last }) => [first, last]).sort();
  const recounted = await recount(tx, {
    pupilIds: touched.map(({ pupilId }) => pupilId),
    from: days[0],
    to: days.at(-1),
    on: order.on,
  });
  const cases = await followChange(merging, recounted, corrected);
  return { added, changed, ...cases };
};

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);

/**
 * The instant from which the marks are known. A training school's date is not the wall clock's: then it is the same time
 * on the school's own date, so that "as it was known on" means the school's dates.
 */
function instantOf(on: Day, now: number): Date {
  return new Date(londonDay(now) === on ? now : londonInstant(on, londonTime(now)) + (now % 60_000));
}

type Touched = { pupilId: string; added: number; changed: number; first: Day; last: Day };

/** Sets the staged marks that the register does not say yet apart, and counts them by pupil. */
async function changedMarks(tx: Tx, importId: string): Promise<Touched[]> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE changed_mark ON COMMIT DROP AS
    SELECT s.pupil_id, s.day, s.session, s.code, s.reason, m.known_from AS was_from
    FROM (
      SELECT DISTINCT ON (pupil_id, day, session) * FROM staged_mark
      WHERE import_id = ${importId}::uuid ORDER BY pupil_id, day, session, n
    ) AS s
    LEFT JOIN mark AS m ON m.pupil_id = s.pupil_id AND m.day = s.day AND m.session = s.session AND m.known_until IS NULL
    WHERE s.code IS DISTINCT FROM coalesce(m.code, '-')`;
  return tx.$queryRaw<Touched[]>`
    SELECT pupil_id AS "pupilId", (count(*) FILTER (WHERE was_from IS NULL))::int AS added, count(was_from)::int AS changed,
      min(day)::text AS first, max(day)::text AS last
    FROM changed_mark GROUP BY pupil_id ORDER BY pupil_id`;
}

/** A correction begins where what it corrects ends, and always later than that began, whatever the clock says. */
async function writeMarks(tx: Tx, importId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE mark AS m SET known_until = greatest(${at}::timestamptz, c.was_from + interval '1 millisecond')
    FROM changed_mark AS c
    WHERE m.pupil_id = c.pupil_id AND m.day = c.day AND m.session = c.session AND m.known_from = c.was_from`;
  await tx.$executeRaw`
    INSERT INTO mark (pupil_id, day, session, code, known_from, import_id, reason)
    SELECT pupil_id, day, session, code, greatest(${at}::timestamptz, was_from + interval '1 millisecond'), ${importId}::uuid, reason
    FROM changed_mark`;
}
