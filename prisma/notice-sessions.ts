import { type Day, mondayOf } from '../policy/calendar/day.ts';
import { schoolAgeOf } from '../policy/law/school-age.ts';
import { type MarkElsewhere, withElsewhere } from '../policy/register/absence-elsewhere.ts';
import { penaltyNoticeCodes } from '../policy/register/codes.ts';
import { within } from '../policy/register/mark.ts';
import { towardsNotice } from '../policy/register/measures/penalty-notice-window.ts';
import { absenceElsewhereOf, knownElsewhere } from './absence-elsewhere.ts';
import type { Db } from './client.ts';
import { ask } from './pg-client.ts';
import { believed, marksOfAll } from './register.ts';

/** How many sessions of G, N, O or U a pupil has in a week, by its Monday. */
export type WeekOfNotice = { pupilId: string; schoolId: string; week: Day; sessions: number };

type Whose = { schoolIds: readonly string[]; from: Day; to: Day };

/**
 * How many sessions of G, N, O or U each pupil on roll at the end has in each week between two days; pupils who have some. As the rules
 * count them (`penaltyNoticeSessions`): those at another school that are known as well, each session once, and only days on which a
 * pupil was of compulsory school age.
 */
export async function noticeSessionsByWeek(db: Db, whose: Whose, knownAt?: Date): Promise<WeekOfNotice[]> {
  const [here, elsewhere] = await Promise.all([inRegister(db, whose, knownAt), withThoseElsewhere(db, whose, knownAt)]);
  return [...here.filter(({ pupilId }) => !elsewhere.has(pupilId)), ...[...elsewhere.values()].flat()];
}

/** By pupil, of the few of whom absence elsewhere is known: counted by the rules' own hand. */
async function withThoseElsewhere(
  db: Db,
  { schoolIds, from, to }: Whose,
  knownAt?: Date,
): Promise<ReadonlyMap<string, WeekOfNotice[]>> {
  const span = { from, to };
  const elsewhere = await absenceElsewhereOf(db, await knownElsewhere(db, schoolIds), span, knownAt);
  if (elsewhere.size === 0) return new Map();
  const ids = [...elsewhere.keys()];
  const [marks, pupils] = await Promise.all([
    marksOfAll(db, ids, span, knownAt),
    ask(db)<{ id: string; schoolId: string; born: Day }>`
      SELECT id, school_id AS "schoolId", born::text AS born FROM pupil
      WHERE id = ANY (${ids}::uuid[]) AND on_roll_from <= ${to}::date AND (on_roll_to IS NULL OR on_roll_to >= ${to}::date)`,
  ]);
  return new Map(
    pupils.map(({ id, schoolId, born }) => {
      const known = withElsewhere(marks.get(id) ?? [], elsewhere.get(id) as MarkElsewhere[]);
      const weeks = new Map<Day, number>();
      for (const { on } of within(towardsNotice(known, born), span)) weeks.set(mondayOf(on), (weeks.get(mondayOf(on)) ?? 0) + 1);
      return [id, [...weeks].map(([week, sessions]) => ({ pupilId: id, schoolId, week, sessions }))];
    }),
  );
}

const noticeCodes = [...penaltyNoticeCodes];

/** The same of the marks of these schools alone. Only who has an unauthorised absence at all is looked at, where what is believed now is asked for. */
async function inRegister(db: Db, { schoolIds, from, to }: Whose, knownAt?: Date): Promise<WeekOfNotice[]> {
  const young = await outsideSchoolAge(db, { schoolIds, from, to });
  return ask(db)<WeekOfNotice>`
  SELECT p.id AS "pupilId", p.school_id AS "schoolId", m.week, m.sessions
  FROM pupil AS p
  LEFT JOIN unnest(${young.map(({ id }) => id)}::uuid[], ${young.map((age) => age.from)}::date[],
    ${young.map(({ until }) => until)}::date[]) AS age (pupil_id, begins, ends) ON age.pupil_id = p.id
  CROSS JOIN LATERAL (
    SELECT date_trunc('week', m.day)::date::text AS week, count(*)::int AS sessions FROM mark AS m
    WHERE m.pupil_id = p.id AND m.day BETWEEN greatest(${from}::date, age.begins) AND least(${to}::date, age.ends)
      AND m.code = ANY (${noticeCodes}) AND ${believed(knownAt, 'm')}
    GROUP BY 1
  ) AS m
  WHERE p.school_id = ANY (${schoolIds}) AND p.on_roll_from <= ${to}::date AND (p.on_roll_to IS NULL OR p.on_roll_to >= ${to}::date)
    AND (${knownAt !== undefined}::boolean OR EXISTS (SELECT FROM pupil_total AS t WHERE t.pupil_id = p.id AND t.unauthorised > 0))`;
}

/**
 * The pupils of schools who are of compulsory school age on a part of these days alone, or on none, with the days on which they are.
 * Whoever is six to fourteen years old throughout is of that age on all of them, and is not looked at.
 */
async function outsideSchoolAge(db: Db, { schoolIds, from, to }: Whose) {
  const pupils = await ask(db)<{ id: string; born: Day }>`
    SELECT id, born::text AS born FROM pupil WHERE school_id = ANY (${schoolIds})
      AND (born > ${from}::date - interval '6 years' OR born < ${to}::date - interval '15 years')`;
  return pupils.map(({ id, born }) => ({ id, ...schoolAgeOf(born) })).filter((age) => age.from > from || age.until < to);
}
