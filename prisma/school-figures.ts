import type { Day } from '../policy/calendar/day.ts';
import { schoolYearOf, schoolYearStart } from '../policy/calendar/school-calendar.ts';
import { codeTable } from '../policy/register/codes.ts';
import type { Db } from './client.ts';
import { Prisma } from './generated/client.ts';
import { ask } from './pg-client.ts';
import { believed } from './register.ts';

/** Schools whose date is the same. */
type Schools = { schoolIds: readonly string[]; on: Day };

/** Pupils of a school who stand alike: sessions of the school year so far, and of them those since a day. */
export type Alike = {
  schoolId: string;
  pupils: number;
  attended: number;
  possible: number;
  authorised: number;
  /** Of the days since: attended and possible. */
  came: number;
  could: number;
};

const codesOf = (...classes: string[]) => codeTable.filter((one) => classes.includes(one.class)).map(({ code }) => code);
const present = codesOf('present', 'aea');
const authorised = codesOf('authorised');
const possible = [...present, ...authorised, ...codesOf('unauthorised')];

/**
 * How the pupils on roll of schools stand at the end of a day, those who stand alike in one row: what is said of them is left to the
 * rules, and hundreds of schools are some thousands of rows. As it is known now the year's counts are those that imports keep; as it
 * was known at an instant they are counted from the marks. Marks are looked up pupil by pupil (OFFSET 0 sees to that).
 */
export const alikeOf = (db: Db, { schoolIds, on, since }: Schools & { since: Day }, knownAt?: Date): Promise<Alike[]> => ask(
  db,
)<Alike>`
  SELECT p.school_id AS "schoolId", y.attended, y.possible, y.authorised, w.attended AS came, w.possible AS could, count(*)::int AS pupils
  FROM pupil AS p CROSS JOIN LATERAL (${knownAt ? marked(schoolYearStart(on), on, knownAt) : kept(on)}) AS y
  CROSS JOIN LATERAL (${marked(since, on, knownAt)}) AS w
  WHERE p.school_id = ANY (${schoolIds}) AND ${onRoll(on)}
  GROUP BY 1, 2, 3, 4, 5, 6`;

const onRoll = (on: Day) => Prisma.sql`p.on_roll_from <= ${on}::date AND (p.on_roll_to IS NULL OR p.on_roll_to >= ${on}::date)`;

/** Of a pupil `p`: one row, though nothing is kept yet. */
const kept = (on: Day) => Prisma.sql`
  SELECT coalesce(max(attended), 0) AS attended, coalesce(max(possible), 0) AS possible, coalesce(max(authorised), 0) AS authorised
  FROM pupil_total WHERE pupil_id = p.id AND school_year = ${schoolYearOf(on)}`;

const marked = (from: Day, to: Day, knownAt?: Date) => Prisma.sql`
  SELECT (count(*) FILTER (WHERE code = ANY (${present})))::int AS attended, count(*)::int AS possible,
    (count(*) FILTER (WHERE code = ANY (${authorised})))::int AS authorised
  FROM (
    SELECT code FROM mark WHERE pupil_id = p.id AND day BETWEEN greatest(${from}::date, p.on_roll_from) AND ${to}::date
      AND ${believed(knownAt)} OFFSET 0
  ) AS m WHERE code = ANY (${possible})`;

export type Unmarked = { schoolId: string; registers: number };

/**
 * How many registers (of a class, a morning or an afternoon) schools lack on some school days of theirs: nobody who was to be marked in
 * it has a mark. The first pupil who has one answers for the class.
 */
export const registersMissing = (
  db: Db,
  schoolDays: readonly { schoolId: string; on: Day }[],
  knownAt?: Date,
): Promise<Unmarked[]> => ask(db)<Unmarked>`
  WITH looked AS (
    SELECT * FROM unnest(${schoolDays.map(({ schoolId }) => schoolId)}::text[], ${schoolDays.map(({ on }) => on)}::date[]) AS d (school_id, day)
  ), expected AS (
    SELECT DISTINCT p.school_id, p.class_name, d.day FROM looked AS d JOIN pupil AS p ON p.school_id = d.school_id
    WHERE ${toBeMarked(Prisma.sql`d.day`)}
  )
  SELECT e.school_id AS "schoolId", count(*)::int AS registers
  FROM expected AS e CROSS JOIN (VALUES ('AM'), ('PM')) AS s (session)
  LEFT JOIN LATERAL (
    SELECT true AS made FROM pupil AS p CROSS JOIN LATERAL (
      SELECT FROM mark WHERE pupil_id = p.id AND day = e.day AND session = s.session AND code <> '-' AND ${believed(knownAt)} LIMIT 1
    ) AS m
    WHERE p.school_id = e.school_id AND p.class_name = e.class_name AND ${toBeMarked(Prisma.sql`e.day`)} LIMIT 1
  ) AS register ON true
  WHERE register.made IS NULL
  GROUP BY 1`;

/** Of a pupil `p`: on the roll that day, and not kept away by a closure of a part of the school. */
const toBeMarked = (day: Prisma.Sql) => Prisma.sql`
  ${day} >= p.on_roll_from AND (p.on_roll_to IS NULL OR ${day} <= p.on_roll_to) AND NOT EXISTS (
    SELECT FROM calendar_period AS c WHERE c.school_id = p.school_id AND c.kind = 'closure' AND ${day} BETWEEN c.from_day AND c.to_day
      AND (p.year_group = ANY (c.year_groups) OR p.class_name = ANY (c.classes)))`;

/** How many open cases schools have in each stage. */
export const stagesOf = (db: Db, schoolIds: readonly string[]) => ask(db)<{ schoolId: string; stage: string; cases: number }>`
  SELECT school_id AS "schoolId", stage, count(*)::int AS cases FROM attendance_case
  WHERE school_id = ANY (${schoolIds}) AND status = 'open' GROUP BY 1, 2 ORDER BY 1, 2`;
