import type { Day } from '../policy/calendar/day.ts';
import { schoolYearOf } from '../policy/calendar/school-calendar.ts';
import { attendedClasses, codesIn, possibleClasses } from '../policy/register/codes.ts';
import type { Fraction, Hundredths } from '../policy/register/fraction.ts';
import type { Db, Tx } from './client.ts';

export type FellBelow = { pupilId: string; name: string; className: string; schoolId: string; was: Fraction; is: Fraction };
type Asked = { schoolIds: readonly string[]; below: Hundredths; since: Day; today: Day; atLeast: number };

/**
 * Pupils of these schools, on roll today, whose attendance of the school year stands below a percentage now, and did not
 * before the marks since a day (of the same school year). Only who has so many possible sessions is looked at. The totals say
 * who is below, and only of those are the marks read: a week each, from the index.
 */
export const fellBelow = (db: Db | Tx, { schoolIds, below, since, today, atLeast }: Asked): Promise<FellBelow[]> => db.$queryRaw<
  FellBelow[]
>`
  SELECT p.id AS "pupilId", p.chosen_name AS name, p.class_name AS "className", p.school_id AS "schoolId",
    json_build_object('attended', t.attended - w.attended, 'possible', t.possible - w.possible) AS was,
    json_build_object('attended', t.attended, 'possible', t.possible) AS "is"
  FROM pupil AS p JOIN pupil_total AS t ON t.pupil_id = p.id AND t.school_year = ${schoolYearOf(today)}
  CROSS JOIN LATERAL (
    SELECT count(*)::int AS possible, (count(*) FILTER (WHERE m.code = ANY (${codesIn(...attendedClasses)})))::int AS attended
    FROM mark AS m
    WHERE m.pupil_id = p.id AND m.day BETWEEN greatest(${since}::date, p.on_roll_from) AND ${today}::date
      AND m.known_until IS NULL AND m.code = ANY (${codesIn(...possibleClasses)})
  ) AS w
  WHERE p.school_id = ANY (${schoolIds}) AND (p.on_roll_to IS NULL OR p.on_roll_to >= ${today}::date)
    AND t.possible >= ${atLeast} AND t.attended::bigint * 10000 < ${below}::bigint * t.possible
    AND (t.attended - w.attended)::bigint * 10000 >= ${below}::bigint * (t.possible - w.possible)
  ORDER BY p.school_id, p.class_name, p.chosen_name, p.id`;
