import type { Day } from '../policy/calendar/day.ts';
import { codeTable } from '../policy/register/codes.ts';
import type { Db } from './client.ts';
import { ask } from './pg-client.ts';
import { believed } from './register.ts';

/** The pupils of a school who were on roll on a day; of one year group or class alone if it says so. */
export type Whose = { schoolId: string; on: Day; yearGroup?: number | undefined; className?: string | undefined };

export type Counts = { attended: number; possible: number; authorised: number; unauthorised: number };
export type PupilCounts = { pupilId: string } & Counts;
export type PupilOnRoll = { pupilId: string; name: string; className: string; yearGroup: number };

/** By year group, class and name. */
export const pupilsOnRoll = (db: Db, { schoolId, on, yearGroup, className }: Whose): Promise<PupilOnRoll[]> => db.$queryRaw<
  PupilOnRoll[]
>`
  SELECT id AS "pupilId", chosen_name AS name, class_name AS "className", year_group AS "yearGroup" FROM pupil
  WHERE school_id = ${schoolId} AND on_roll_from <= ${on}::date AND (on_roll_to IS NULL OR on_roll_to >= ${on}::date)
    AND (${yearGroup ?? null}::int IS NULL OR year_group = ${yearGroup ?? null}::int)
    AND (${className ?? null}::text IS NULL OR class_name = ${className ?? null}::text)
  ORDER BY year_group, class_name, chosen_name, id`;

/** A school year's counts as imports keep them: all marks there are, as they are believed now. */
export const countsKept = (db: Db, schoolId: string, schoolYear: string): Promise<PupilCounts[]> => ask(db)<PupilCounts>`
  SELECT t.pupil_id AS "pupilId", t.attended, t.possible, t.authorised, t.unauthorised
  FROM pupil_total AS t JOIN pupil AS p ON p.id = t.pupil_id
  WHERE p.school_id = ${schoolId} AND t.school_year = ${schoolYear}`;

const codes = codeTable.map(({ code }) => code);
const classes = codeTable.map((meaning) => meaning.class);

/**
 * The same, counted from the marks between two days, as they were believed at an instant. Days before a pupil joined do not
 * count. Marks are looked up pupil by pupil: where a table holds many schools, a few days of one are soon found.
 */
export const countsBetween = (
  db: Db,
  { schoolId, from, to }: { schoolId: string; from: Day; to: Day },
  knownAt?: Date,
): Promise<PupilCounts[]> => ask(db)<PupilCounts>`
  SELECT p.id AS "pupilId", m.attended, m.attended + m.authorised + m.unauthorised AS possible, m.authorised, m.unauthorised
  FROM pupil AS p CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE k.class IN ('present', 'aea'))::int AS attended,
      count(*) FILTER (WHERE k.class = 'authorised')::int AS authorised,
      count(*) FILTER (WHERE k.class = 'unauthorised')::int AS unauthorised
    FROM mark AS m JOIN unnest(${codes}::text[], ${classes}::text[]) AS k (code, class) ON k.code = m.code
    WHERE m.pupil_id = p.id AND m.day BETWEEN greatest(${from}::date, p.on_roll_from) AND ${to}::date
      AND ${believed(knownAt, 'm')}
  ) AS m
  WHERE p.school_id = ${schoolId}`;
