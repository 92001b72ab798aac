import { type Day, londonDay, londonInstant, londonTime, shortDay } from '../../policy/calendar/day.ts';
import { schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import {
  attendedClasses,
  type CodeClass,
  codesIn,
  lateCodes,
  penaltyNoticeCodes,
  possibleClasses,
} from '../../policy/register/codes.ts';
import type { Session } from '../../policy/register/mark.ts';
import type { Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { remindOfLateRegister } from './first-contacts.ts';
import { followChange } from './follow-change.ts';
import type { Found, Importer } from './importer.ts';
import { changesBetween } from './keep-changes.ts';
import { mostProblems } from './raw-row.ts';
import { addToTotals, type Difference } from './recount.ts';

type Torn = { row: number; said: string; first: number; saidFirst: string; day: Day; session: Session; with: number[] };

/**
 * Rows of a file that say different things of one session. It is about the row and not about a column of our form: the file may
 * call that otherwise, or have no such column.
 */
export async function contradictions(tx: Tx, importId: string): Promise<Found[]> {
  const rows = await tx.$queryRaw<Torn[]>`
    SELECT row, said, first, said_first AS "saidFirst", day::text AS day, session, "with" FROM (
      SELECT row, day, session, ${said} AS said, first_value(row) OVER w AS first, first_value(${said}) OVER w AS said_first,
        array_agg(n) OVER (PARTITION BY pupil_id, day, session) AS "with"
      FROM staged_mark JOIN (
        SELECT pupil_id, day, session FROM staged_mark WHERE import_id = ${importId}::uuid
        GROUP BY pupil_id, day, session
        HAVING min(code) <> max(code) OR min(coalesce(minutes_late, 0)) <> max(coalesce(minutes_late, 0))
      ) AS torn USING (pupil_id, day, session)
      WHERE import_id = ${importId}::uuid
      WINDOW w AS (PARTITION BY pupil_id, day, session ORDER BY n)
    ) AS s WHERE said <> said_first ORDER BY row LIMIT ${mostProblems}`;
  return rows.map(({ row, said: here, first, saidFirst, day, session, with: all }) => ({
    ...{ row, with: all, column: '', value: '' },
    cure: `The file has two marks of this pupil for the ${session === 'AM' ? 'morning' : 'afternoon'} of ${shortDay(day)}, ${saidFirst} in row ${first} and ${here} in row ${row}: keep one of the two`,
  }));
}

/** A staged mark in words: "L", 12 minutes late; or no mark. */
const said = Prisma.sql`(CASE WHEN code = '-' THEN 'no mark' ELSE '"' || code || '"' END
  || CASE WHEN minutes_late > 0 THEN ', ' || minutes_late || ' minutes late' ELSE '' END)`;

/** Makes the staged marks the register's. What was believed before stays, with the instant until which it was believed. */
export const mergeMarks: Importer['merge'] = async (merging) => {
  const { tx, order, importId } = merging;
  const differences = await changedMarks(tx, order.schoolId, importId);
  await merging.onChanges?.(whichChange);
  if (differences.length > 0) {
    await tx.$executeRaw(makingYears(new Set(differences.map(({ firstDay }) => schoolYearStart(firstDay)))));
    const at = instantOf(order.on, merging.deps.now?.() ?? Date.now());
    if (differences.some(({ changed }) => changed > 0)) await closeMarks(tx, at);
    await writeMarks(tx, importId, at);
  }
  const added = sum(differences.map((one) => one.added));
  const changed = sum(differences.map((one) => one.changed));
  const corrected = new Set(differences.filter((one) => one.changed > 0).map(({ pupilId }) => pupilId));
  const cases = await followChange(merging, await addToTotals(tx, differences, order.on), corrected);
  if (differences.length > 0) await remindOfLateRegister(tx, order, merging.deps.now?.() ?? Date.now());
  return { added, changed, ...cases };
};

const sum = (numbers: number[]): number => numbers.reduce((total, n) => total + n, 0);

/**
 * The instant from which the marks are known. A training school's date is not the wall clock's: then it is the same time
 * on the school's own date, so that "as it was known on" means the school's dates.
 */
export function instantOf(on: Day, now: number): Date {
  return new Date(londonDay(now) === on ? now : londonInstant(on, londonTime(now)) + (now % 60_000));
}

const noticeCodes = [...penaltyNoticeCodes];

/** What is new and what is corrected of a pupil in a school year. */
type Changes = Difference & { added: number; changed: number };

/** What a file does not say of the minutes stays as it is known, of a mark that is still a late one; 0 says that they are not. */
const minutesNow = Prisma.sql`CASE WHEN s.code = ANY (${[...lateCodes]}) THEN nullif(coalesce(s.minutes_late, m.minutes_late), 0) END`;

/**
 * Sets the staged marks that the register does not say yet apart, and counts what they change, a row a pupil and school year.
 * What the register says is looked up mark by mark (LIMIT 1 sees to that): the planner knows nothing of rows just staged, and
 * joined any other way it reads every mark of every school.
 */
async function changedMarks(tx: Tx, schoolId: string, importId: string): Promise<Changes[]> {
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE changed_mark ON COMMIT DROP AS
    SELECT s.pupil_id, s.day, s.session, s.code, ${minutesNow} AS minutes_late, s.reason, s.n, s.row,
      m.code AS was, m.minutes_late AS minutes_was, m.known_from AS was_from
    FROM (
      SELECT DISTINCT ON (pupil_id, day, session) * FROM staged_mark
      WHERE import_id = ${importId}::uuid ORDER BY pupil_id, day, session, n
    ) AS s
    LEFT JOIN LATERAL (
      SELECT code, minutes_late, known_from FROM mark
      WHERE pupil_id = s.pupil_id AND day = s.day AND session = s.session AND known_until IS NULL LIMIT 1
    ) AS m ON true
    WHERE s.code IS DISTINCT FROM coalesce(m.code, '-') OR ${minutesNow} IS DISTINCT FROM m.minutes_late`;
  return tx.$queryRaw<Changes[]>`
    SELECT c.pupil_id AS "pupilId", min(c.day)::text AS "firstDay",
      (count(*) FILTER (WHERE c.was_from IS NULL))::int AS added, count(c.was_from)::int AS changed,
      ${difference(...possibleClasses)} AS possible, ${difference(...attendedClasses)} AS attended,
      ${difference('authorised')} AS authorised, ${difference('unauthorised')} AS unauthorised,
      (count(*) FILTER (WHERE c.code = ANY (${[...lateCodes]})))::int AS lates,
      (count(*) FILTER (WHERE c.code = ANY (${noticeCodes}) OR c.was = ANY (${noticeCodes})))::int AS "towardsNotice"
    FROM changed_mark AS c JOIN pupil AS p ON p.id = c.pupil_id AND p.school_id = ${schoolId}
    GROUP BY c.pupil_id, extract(year FROM c.day - interval '8 months') ORDER BY c.pupil_id`;
}

const whichChange = Prisma.sql`SELECT n, row, pupil_id, day, session, NULL, ${changesBetween([
  { column: 'code', was: 'was', now: 'code' },
  { column: 'minutes_late', was: 'minutes_was', now: 'minutes_late' },
])} AS changes FROM changed_mark WHERE was_from IS NOT NULL`;

/** How many more marks of these classes there are now. Days before a pupil joined or after they left do not count. */
function difference(...classes: CodeClass[]): Prisma.Sql {
  const codes = codesIn(...classes);
  const counts = Prisma.sql`c.day >= p.on_roll_from AND (p.on_roll_to IS NULL OR c.day <= p.on_roll_to)`;
  return Prisma.sql`(count(*) FILTER (WHERE c.code = ANY (${codes}) AND ${counts})
    - count(*) FILTER (WHERE c.was = ANY (${codes}) AND ${counts}))::int`;
}

/** The register lies in a part a school year, which the first mark of a year has to find there. */
export const makingYears = (begins: ReadonlySet<Day>): Prisma.Sql =>
  Prisma.sql`SELECT make_mark_year(begins) FROM unnest(${[...begins]}::date[]) AS y (begins)`;

/** What was believed of a session that is corrected ends: now, and always later than it began, whatever the clock says. */
async function closeMarks(tx: Tx, at: Date): Promise<void> {
  // So that the planner knows how few they are.
  await tx.$executeRaw`ANALYZE changed_mark`;
  await tx.$executeRaw`
    UPDATE mark AS m SET known_until = greatest(${at}::timestamptz, c.was_from + interval '1 millisecond')
    FROM changed_mark AS c
    WHERE c.was_from IS NOT NULL AND m.pupil_id = c.pupil_id AND m.day = c.day AND m.session = c.session AND m.known_until IS NULL`;
}

/** A correction begins where what it corrects ended. */
async function writeMarks(tx: Tx, importId: string, at: Date): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO mark (pupil_id, day, session, code, minutes_late, known_from, import_id, reason)
    SELECT pupil_id, day, session, code, minutes_late, greatest(${at}::timestamptz, was_from + interval '1 millisecond'), ${importId}::uuid, reason
    FROM changed_mark`;
}
