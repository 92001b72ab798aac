import type { Day } from '../policy/calendar/day.ts';
import type { Db } from './client.ts';
import type { Exported } from './exported-row.ts';
import { casesThen, lettersThen } from './exports-then.ts';
import { believed } from './register.ts';

/**
 * `knownAt`: marks as they were believed then, and corrections made by then, the end of `knownOn`; cases and letters as the records of the
 * cases have them up to that day. Without it, as they are now.
 */
type Of = { schoolId: string; schoolYear: string; from: Day; to: Day; knownOn?: Day | undefined; knownAt?: Date | undefined };

/** So many pupils' marks are read at once: memory does not grow with the school. */
const pupilsAtOnce = 50;

/** What a school takes out of Firstbell, each as rows. Pupils, contacts and marks have the columns with which they come in. */
export const exportedRows = {
  pupils: (db: Db, { schoolId }: Of) =>
    once(
      db.$queryRaw<Exported[]>`
      SELECT admission_no, upn, legal_name, chosen_name, born::text AS date_of_birth,
        CASE year_group WHEN -1 THEN 'N' WHEN 0 THEN 'R' ELSE year_group::text END AS year_group, class_name AS class,
        on_roll_from::text, on_roll_to::text, array_to_string(flags, '; ') AS flags, dual_registration, other_school,
        home_authority, part_time_from::text, part_time_until::text, part_time_review::text, integration_from::text, integration_until::text
      FROM pupil WHERE school_id = ${schoolId} ORDER BY admission_no`,
    ),

  contacts: (db: Db, { schoolId }: Of) =>
    once(
      db.$queryRaw<Exported[]>`
      SELECT c.contact_no, p.admission_no, c.title, c.full_name, l.relationship,
        CASE WHEN l.parental_responsibility THEN 'yes' ELSE 'no' END AS parental_responsibility,
        CASE WHEN l.lives_with THEN 'yes' ELSE 'no' END AS lives_with, l.permission, l.priority, c.email, c.phone,
        array_to_string(c.address, '; ') AS address, c.postcode, c.language, l.restriction, l.restriction_from::text,
        l.restriction_until::text, l.restriction_document, l.restriction_read_by, l.restriction_reviewer,
        l.restriction_review::text, CASE WHEN c.address_safe THEN 'yes' ELSE 'no' END AS address_safe, c.channel
      FROM pupil_contact AS l JOIN contact AS c ON c.id = l.contact_id JOIN pupil AS p ON p.id = l.pupil_id
      WHERE p.school_id = ${schoolId} ORDER BY p.admission_no, l.priority, c.contact_no`,
    ),

  marks: (db: Db, { schoolId, from, to, knownAt }: Of) =>
    pupilsByParts(
      db,
      schoolId,
      (ids) => db.$queryRaw<Exported[]>`
        SELECT p.admission_no, m.day::text AS date, m.session, m.code, m.minutes_late, m.reason
        FROM mark AS m JOIN pupil AS p ON p.id = m.pupil_id
        WHERE m.pupil_id = ANY (${ids}::uuid[]) AND m.day BETWEEN ${from}::date AND ${to}::date AND ${believed(knownAt, 'm')}
        ORDER BY p.admission_no, m.day, m.session`,
    ),

  corrections: (db: Db, { schoolId, from, to, knownAt }: Of) =>
    pupilsByParts(
      db,
      schoolId,
      (ids) => db.$queryRaw<Exported[]>`
        SELECT p.admission_no, p.chosen_name AS name, was.day::text AS date, was.session, was.code AS original,
          was.minutes_late AS original_minutes_late, now.code AS new, now.minutes_late AS new_minutes_late,
          coalesce(now.reason, i.reason) AS reason, (was.known_until AT TIME ZONE 'Europe/London')::date::text AS corrected_on,
          coalesce(i.by_name, u.name) AS corrected_by, coalesce(i.by_role, u.role) AS corrected_as
        FROM mark AS was JOIN pupil AS p ON p.id = was.pupil_id
        JOIN mark AS now ON now.pupil_id = was.pupil_id AND now.day = was.day AND now.session = was.session
          AND now.known_from = was.known_until
        LEFT JOIN register_import AS i ON i.id = now.import_id LEFT JOIN user_account AS u ON u.id = i.by_user
        WHERE was.pupil_id = ANY (${ids}::uuid[]) AND was.day BETWEEN ${from}::date AND ${to}::date
          AND now.day BETWEEN ${from}::date AND ${to}::date AND was.known_until <= coalesce(${knownAt ?? null}::timestamptz, 'infinity')
        ORDER BY p.admission_no, was.day, was.session, was.known_until`,
    ),

  cases: (db: Db, { schoolId, schoolYear, knownOn, knownAt }: Of) =>
    knownOn !== undefined
      ? casesThen(db, { schoolId, knownOn, knownAt })
      : once(
          db.$queryRaw<Exported[]>`
      SELECT p.admission_no, p.chosen_name AS name, p.class_name AS class, c.status, c.stage, c.headline,
        c.opened_on::text, c.closed_on::text, c.next_on::text, c.next_why AS next, t.attended AS sessions_attended,
        t.possible AS sessions_possible
      FROM attendance_case AS c JOIN pupil AS p ON p.id = c.pupil_id
      LEFT JOIN pupil_total AS t ON t.pupil_id = p.id AND t.school_year = ${schoolYear}
      WHERE c.school_id = ${schoolId} ORDER BY c.opened_on, p.admission_no`,
        ),

  letters: (db: Db, { schoolId, knownOn }: Of) =>
    knownOn !== undefined
      ? lettersThen(db, { schoolId, knownOn })
      : once(
          db.$queryRaw<Exported[]>`
      SELECT l.fields->>'ref' AS reference, p.admission_no, p.chosen_name AS name, l.template AS letter,
        l.fields->'recipient'->>'name' AS "to", l.channel, l.status, l.status_why AS why, l.approved_on::text, l.sent_on::text
      FROM letter AS l JOIN pupil AS p ON p.id = l.pupil_id
      WHERE l.school_id = ${schoolId} ORDER BY l.approved_on, l.fields->>'ref'`,
        ),

  leave: (db: Db, { schoolId }: Of) =>
    once(
      db.$queryRaw<Exported[]>`
      SELECT p.admission_no, p.chosen_name AS name, p.class_name AS class, r.from_day::text AS "from", r.to_day::text AS "to",
        r.reason, r.asked_by, r.received_on::text,
        CASE WHEN s.granted_from IS NOT NULL THEN 'granted in part' WHEN s.granted THEN 'granted' WHEN NOT s.granted THEN 'refused'
          ELSE 'not decided' END AS standing,
        CASE WHEN d.granted_from IS NOT NULL THEN 'granted in part' WHEN d.granted THEN 'granted' WHEN NOT d.granted THEN 'refused'
          END AS decision, d.granted_from::text, d.granted_to::text,
        d.decided_on::text, u.name AS decided_by, d.role AS decided_as, d.why, d.taken_back_on::text, b.name AS taken_back_by,
        d.taken_back_role AS taken_back_as, d.taken_back_why
      FROM leave_request AS r JOIN pupil AS p ON p.id = r.pupil_id LEFT JOIN leave_decision AS d ON d.request_id = r.id
      LEFT JOIN leave_decision AS s ON s.request_id = r.id AND s.taken_back_at IS NULL
      LEFT JOIN user_account AS u ON u.id = d.decided_by LEFT JOIN user_account AS b ON b.id = d.taken_back_by
      WHERE r.school_id = ${schoolId} ORDER BY r.from_day, p.admission_no, r.id, d.at`,
    ),
} satisfies Record<string, (db: Db, of: Of) => AsyncIterable<Exported>>;

/** Some pupils after the other, by admission number. */
async function* pupilsByParts(
  db: Db,
  schoolId: string,
  rowsOf: (ids: readonly string[]) => PromiseLike<Exported[]>,
): AsyncGenerator<Exported> {
  const pupils = await db.pupil.findMany({ where: { schoolId }, select: { id: true }, orderBy: { admissionNo: 'asc' } });
  for (let first = 0; first < pupils.length; first += pupilsAtOnce)
    yield* await rowsOf(pupils.slice(first, first + pupilsAtOnce).map(({ id }) => id));
}

export type ExportKind = keyof typeof exportedRows;

async function* once(rows: PromiseLike<Exported[]>): AsyncGenerator<Exported> {
  yield* await rows;
}

/** The school years of which a school has marks, newest first. */
export async function schoolYearsOf(db: Db, schoolId: string): Promise<string[]> {
  const found = await db.pupilTotal.findMany({
    where: { pupil: { schoolId } },
    distinct: ['schoolYear'],
    select: { schoolYear: true },
    orderBy: { schoolYear: 'desc' },
  });
  return found.map(({ schoolYear }) => schoolYear);
}
