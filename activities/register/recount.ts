import type { Day } from '../../policy/calendar/day.ts';
import { addDays } from '../../policy/calendar/day.ts';
import { schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import { codeTable } from '../../policy/register/codes.ts';
import type { Fraction } from '../../policy/register/fraction.ts';
import type { Tx } from '../../prisma/client.ts';

export type Recounted = { pupilId: string; before: Fraction; after: Fraction };
type Counting = { pupilIds: readonly string[]; from: Day | undefined; to: Day | undefined; on: Day };

/**
 * Counts the totals of these pupils again from their marks, for every school year that the days fall in.
 * @returns how the school year of `on` stood before and stands now, for each pupil
 */
export async function recount(tx: Tx, { pupilIds, from, to, on }: Counting): Promise<Recounted[]> {
  if (pupilIds.length === 0 || !from || !to) return [];
  const year = schoolYearOf(on);
  const before = await fractions(tx, pupilIds, year);
  await countAgain(tx, pupilIds, schoolYears(from, to));
  const after = await fractions(tx, pupilIds, year);
  const nothing = { attended: 0, possible: 0 };
  return pupilIds.map((pupilId) => ({ pupilId, before: before.get(pupilId) ?? nothing, after: after.get(pupilId) ?? nothing }));
}

/** Asked as SQL: a thousand totals by way of objects take as long as counting them. */
async function fractions(tx: Tx, pupilIds: readonly string[], schoolYear: string): Promise<Map<string, Fraction>> {
  const totals = await tx.$queryRaw<({ pupilId: string } & Fraction)[]>`
    SELECT pupil_id AS "pupilId", attended, possible FROM pupil_total
    WHERE school_year = ${schoolYear} AND pupil_id = ANY (${pupilIds}::uuid[])`;
  return new Map(totals.map(({ pupilId, attended, possible }) => [pupilId, { attended, possible }]));
}

type SchoolYear = { label: string; first: Day; last: Day };

function schoolYears(from: Day, to: Day): SchoolYear[] {
  const years: SchoolYear[] = [];
  for (let first = schoolYearStart(from); first <= to; first = schoolYearStart(addDays(first, 370))) {
    years.push({ label: schoolYearOf(first), first, last: addDays(schoolYearStart(addDays(first, 370)), -1) });
  }
  return years;
}

/** The class of a code comes from the one code table, handed over with the question. Days before a pupil joined or after they left do not count. */
async function countAgain(tx: Tx, pupilIds: readonly string[], years: readonly SchoolYear[]): Promise<void> {
  const codes = codeTable.map(({ code }) => code);
  const classes = codeTable.map((meaning) => meaning.class);
  await tx.$executeRaw`
    INSERT INTO pupil_total (pupil_id, school_year, possible, attended, authorised, unauthorised)
    SELECT p.id, y.label,
      count(*) FILTER (WHERE k.class IN ('present', 'aea', 'authorised', 'unauthorised')),
      count(*) FILTER (WHERE k.class IN ('present', 'aea')),
      count(*) FILTER (WHERE k.class = 'authorised'),
      count(*) FILTER (WHERE k.class = 'unauthorised')
    FROM pupil AS p
    CROSS JOIN unnest(${years.map(({ label }) => label)}::text[], ${years.map(({ first }) => first)}::date[],
      ${years.map(({ last }) => last)}::date[]) AS y (label, first, last)
    LEFT JOIN mark AS m ON m.pupil_id = p.id AND m.known_until IS NULL
      AND m.day BETWEEN greatest(y.first, p.on_roll_from) AND least(y.last, p.on_roll_to)
    LEFT JOIN unnest(${codes}::text[], ${classes}::text[]) AS k (code, class) ON k.code = m.code
    WHERE p.id = ANY (${pupilIds}::uuid[])
    GROUP BY p.id, y.label
    ON CONFLICT (pupil_id, school_year) DO UPDATE SET possible = excluded.possible, attended = excluded.attended,
      authorised = excluded.authorised, unauthorised = excluded.unauthorised`;
}
