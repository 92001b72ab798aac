import type { ClientBase } from 'pg';
import type { Day } from '../policy/calendar/day.ts';
import { type SchoolCalendar, schoolCalendar } from '../policy/calendar/school-calendar.ts';
import type { ClassSession } from '../policy/register/gaps.ts';
import { type Mark, type Session, sessionId } from '../policy/register/mark.ts';
import { type KeptPeriod, periodsOf, periodsOfSchools, periodsOn } from './calendar.ts';
import type { Db, Tx } from './client.ts';
import { columnOf } from './day-column.ts';
import { Prisma } from './generated/client.ts';
import { ask } from './pg-client.ts';
import { onRollOf } from './pupils.ts';

type Span = { from: Day; to: Day };

/** A pupil's marks between two days, in order of session, as they are known now or were known at an instant. */
export async function marksOf(db: Db | Tx, pupilId: string, span: Span, asKnownAt?: Date): Promise<Mark[]> {
  return (await marksOfAll(db, [pupilId], span, asKnownAt)).get(pupilId) ?? [];
}

/**
 * The marks of several pupils, in order of session, as they are known now or were known at an instant. Asked as one text a
 * pupil: a mark a row takes four times as long.
 */
export async function marksOfAll(
  tx: Db | Tx,
  pupilIds: readonly string[],
  { from, to }: Span,
  asKnownAt?: Date,
): Promise<Map<string, Mark[]>> {
  const rows = await ask(tx)<{ pupilId: string; marks: string }>`
    SELECT pupil_id AS "pupilId", string_agg(day::text || session || code || coalesce(':' || minutes_late, ''), ',' ORDER BY day, session) AS marks
    FROM mark WHERE pupil_id = ANY (${pupilIds}::uuid[]) AND day BETWEEN ${from}::date AND ${to}::date AND ${believed(asKnownAt)}
    GROUP BY pupil_id`;
  return new Map(rows.map(({ pupilId, marks }) => [pupilId, marks.split(',').map(markIn)]));
}

/** Of the marks of a table or alias `mark`, those that are believed now, or were at an instant. */
export const believed = (asKnownAt?: Date, mark = 'mark') => {
  const [from, until] = [Prisma.raw(`${mark}.known_from`), Prisma.raw(`${mark}.known_until`)];
  return asKnownAt
    ? Prisma.sql`${from} <= ${asKnownAt}::timestamptz AND (${until} IS NULL OR ${until} > ${asKnownAt}::timestamptz)`
    : Prisma.sql`${until} IS NULL`;
};

/** "2026-09-14AM/", "2026-09-14AML:15" */
function markIn(text: string): Mark {
  const [code = '', minutes] = text.slice(12).split(':');
  const mark = { on: text.slice(0, 10), session: text.slice(10, 12) as Session, code };
  return minutes === undefined ? mark : { ...mark, minutesLate: Number(minutes) };
}

const kept = new Map<string, { from: string; calendar: SchoolCalendar }>();

/** A school's days, from its periods as they are now. Counting them out takes longer than reading those: the last are kept. */
export const calendarOf = async (db: Db | Tx, schoolId: string): Promise<SchoolCalendar> =>
  calendarFrom(schoolId, await periodsOf(db, schoolId));

/** The same on a connection of one's own. */
export const calendarOn = async (client: ClientBase, schoolId: string): Promise<SchoolCalendar> =>
  calendarFrom(schoolId, await periodsOn(client, schoolId));

/** The same of several schools at once. */
export async function calendarsOf(db: Db, schoolIds: readonly string[]): Promise<ReadonlyMap<string, SchoolCalendar>> {
  const periods = await periodsOfSchools(db, schoolIds);
  return new Map(schoolIds.map((id) => [id, calendarFrom(id, periods.get(id) ?? [])]));
}

function calendarFrom(schoolId: string, periods: readonly KeptPeriod[]): SchoolCalendar {
  const from = JSON.stringify(periods);
  const known = kept.get(schoolId);
  if (known?.from === from) return known.calendar;
  const calendar = schoolCalendar(periods);
  kept.set(schoolId, { from, calendar });
  return calendar;
}

/** A pupil's counts of a school year, such as "2026/27"; null before the first mark. */
export const totalsOf = (db: Db | Tx, pupilId: string, schoolYear: string) =>
  db.pupilTotal.findUnique({ where: { pupilId_schoolYear: { pupilId, schoolYear } } });

export type RegisterRow = ReturnType<typeof onRollOf> & {
  pupilId: string;
  name: string;
  className: string;
  yearGroup: number;
  marks: ReadonlyMap<string, Mark>;
};

/** The register of a class, or of the whole school, between two days: a row a pupil, its marks by session ("2026-09-14 AM"). */
export async function registerRows(
  db: Db | Tx,
  { schoolId, className, from, to }: { schoolId: string; className?: string } & Span,
  asKnownAt?: Date,
): Promise<RegisterRow[]> {
  const onRoll = { onRollFrom: { lte: columnOf(to) }, OR: [{ onRollTo: null }, { onRollTo: { gte: columnOf(from) } }] };
  const pupils = await db.pupil.findMany({
    where: { schoolId, ...(className === undefined ? {} : { className }), ...onRoll },
    select: { id: true, chosenName: true, className: true, yearGroup: true, onRollFrom: true, onRollTo: true },
    orderBy: [{ className: 'asc' }, { chosenName: 'asc' }, { id: 'asc' }],
  });
  const ids = pupils.map(({ id }) => id);
  const all = await marksOfAll(db, ids, { from, to }, asKnownAt);
  return pupils.map(({ id, chosenName, className: of, yearGroup, ...pupil }) => ({
    ...{ pupilId: id, name: chosenName, className: of, yearGroup, ...onRollOf(pupil) },
    marks: new Map((all.get(id) ?? []).map((mark) => [sessionId(mark), mark])),
  }));
}

export type Correction = {
  on: Day;
  session: Session;
  was: string;
  is: string;
  wasMinutesLate: number | null;
  isMinutesLate: number | null;
  at: Date;
  reason: string | null;
  by: string | null;
  /** As of then; where no user brought it, how it came. Not known of imports before names were kept. */
  byName: string | null;
  byRole: string | null;
  fileName: string | null;
};

/** What of a pupil's register was believed otherwise before, newest correction first; of those made until an instant, if it is given. `by` is a user's id. */
export const correctionsOf = (db: Db | Tx, pupilId: string, { from, to }: Span, by?: Date): Promise<Correction[]> => db.$queryRaw<
  Correction[]
>`
  SELECT was.day::text AS "on", was.session, was.code AS "was", now.code AS "is", was.minutes_late AS "wasMinutesLate",
    now.minutes_late AS "isMinutesLate", was.known_until AS "at", coalesce(now.reason, i.reason) AS reason,
    i.by_user AS "by", i.by_name AS "byName", i.by_role AS "byRole", i.file_name AS "fileName"
  FROM mark AS was
  JOIN mark AS now ON now.pupil_id = was.pupil_id AND now.day = was.day AND now.session = was.session
    AND now.known_from = was.known_until
  LEFT JOIN register_import AS i ON i.id = now.import_id
  WHERE was.pupil_id = ${pupilId}::uuid AND was.day BETWEEN ${from}::date AND ${to}::date AND was.known_until IS NOT NULL
    AND now.day BETWEEN ${from}::date AND ${to}::date AND was.known_until <= ${by ?? 'infinity'}::timestamptz
  ORDER BY was.known_until DESC, was.day, was.session`;

export type Unexplained = { pupilId: string; name: string; className: string; admissionNo: string; on: Day; session: Session } & {
  /** The pupil's first and last day at the school. */
  onRoll: { from: Day; to: Day | null };
};

/** Absences of a school between two days whose reason is not known (N), the oldest first. */
export const unexplainedOf = (db: Db | Tx, schoolId: string, { from, to }: Span): Promise<Unexplained[]> => db.$queryRaw<
  Unexplained[]
>`
  SELECT p.id AS "pupilId", p.chosen_name AS name, p.class_name AS "className", p.admission_no AS "admissionNo",
    m.day::text AS "on", m.session, jsonb_build_object('from', p.on_roll_from, 'to', p.on_roll_to) AS "onRoll"
  FROM mark AS m JOIN pupil AS p ON p.id = m.pupil_id
  WHERE p.school_id = ${schoolId} AND m.code = 'N' AND m.known_until IS NULL AND m.day BETWEEN ${from}::date AND ${to}::date
  ORDER BY m.day, p.chosen_name, p.id, m.session`;

/**
 * How many pupils were to be marked in each session of these days, and how many were, a row a class; `className` for one
 * class alone. Whom a closure of a part of the school keeps away is not to be marked. Marks are looked up pupil by pupil, a
 * few days of each (OFFSET 0 sees to that): joined any other way they are read by the year.
 */
export const classSessions = (
  db: Db | Tx,
  schoolId: string,
  days: readonly Day[],
  className: string | null,
): Promise<ClassSession[]> => db.$queryRaw<ClassSession[]>`
  WITH theirs AS (
    SELECT * FROM pupil WHERE school_id = ${schoolId} AND (${className}::text IS NULL OR class_name = ${className})
  ), away AS (
    SELECT p.id AS pupil_id, c.from_day, c.to_day FROM theirs AS p JOIN calendar_period AS c
      ON c.school_id = p.school_id AND c.kind = 'closure' AND (p.year_group = ANY (c.year_groups) OR p.class_name = ANY (c.classes))
    WHERE c.from_day <= ${days.at(-1) ?? null}::date AND c.to_day >= ${days[0] ?? null}::date
  ), expected AS (
    SELECT class_name, day, count(*)::int AS expected
    FROM theirs JOIN unnest(${[...days]}::date[]) AS d (day) ON day >= on_roll_from AND (on_roll_to IS NULL OR day <= on_roll_to)
      AND NOT EXISTS (SELECT FROM away WHERE away.pupil_id = theirs.id AND day BETWEEN away.from_day AND away.to_day)
    GROUP BY class_name, day
  ), marked AS (
    SELECT p.class_name, m.day, m.session, count(*)::int AS made
    FROM theirs AS p CROSS JOIN LATERAL (
      SELECT day, session, code FROM mark
      WHERE pupil_id = p.id AND day BETWEEN ${days[0] ?? null}::date AND ${days.at(-1) ?? null}::date AND known_until IS NULL OFFSET 0
    ) AS m
    WHERE m.code <> '-' AND m.day >= p.on_roll_from AND (p.on_roll_to IS NULL OR m.day <= p.on_roll_to)
      AND NOT EXISTS (SELECT FROM away WHERE away.pupil_id = p.id AND m.day BETWEEN away.from_day AND away.to_day)
    GROUP BY p.class_name, m.day, m.session
  )
  SELECT e.day::text AS "on", s.session, e.class_name AS "className", e.expected, coalesce(m.made, 0) AS made
  FROM expected AS e CROSS JOIN (VALUES ('AM'), ('PM')) AS s (session)
  LEFT JOIN marked AS m ON m.class_name = e.class_name AND m.day = e.day AND m.session = s.session
  ORDER BY e.class_name, e.day, s.session`;
