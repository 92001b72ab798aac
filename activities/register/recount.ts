import type { Day } from '../../policy/calendar/day.ts';
import { addDays } from '../../policy/calendar/day.ts';
import { schoolYearOf, schoolYearStart } from '../../policy/calendar/school-calendar.ts';
import type { Change } from '../../policy/case/register-change.ts';
import { attendedClasses, type CodeClass, codesIn, possibleClasses } from '../../policy/register/codes.ts';
import type { Fraction } from '../../policy/register/fraction.ts';
import type { Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { ask } from '../../prisma/pg-client.ts';

/** How a pupil's school year stood and stands, and whether a late came in with what changed it. */
export type Recounted = Change & {
  pupilId: string;
  /** Sessions that count towards a penalty notice came in, went or bear another such code: another school of the child may count them. */
  towardsNotice: boolean;
};
type Counting = { pupilIds: readonly string[]; from: Day | undefined; to: Day | undefined; on: Day };

/** What a pupil's totals of a school year, in which this day is, have more of or less. */
export type Difference = Fraction & {
  pupilId: string;
  firstDay: Day;
  authorised: number;
  unauthorised: number;
  /** Lates that came in: no total counts them. */
  lates: number;
  /** Marks that changed and count, or counted, towards a penalty notice. */
  towardsNotice: number;
};

/**
 * Adds differences to the totals: the marks that they come from are all that has to be read. True as long as the totals say
 * what the marks said before, which `recount` and this alone see to, while nobody else changes the school's register.
 * @returns how the school year of `on` stood before and stands now, for each pupil
 */
export async function addToTotals(tx: Tx, differences: readonly Difference[], on: Day): Promise<Recounted[]> {
  if (differences.length === 0) return [];
  const column = <Key extends keyof Difference>(key: Key) => differences.map((one) => one[key]);
  const year = schoolYearOf(on);
  const written = await ask(tx)<Total>`
    INSERT INTO pupil_total AS t (pupil_id, school_year, possible, attended, authorised, unauthorised)
    SELECT * FROM unnest(${column('pupilId')}::uuid[], ${differences.map(({ firstDay }) => schoolYearOf(firstDay))}::text[],
      ${column('possible')}::int[], ${column('attended')}::int[], ${column('authorised')}::int[], ${column('unauthorised')}::int[])
    ON CONFLICT (pupil_id, school_year) DO UPDATE SET possible = t.possible + excluded.possible,
      attended = t.attended + excluded.attended, authorised = t.authorised + excluded.authorised,
      unauthorised = t.unauthorised + excluded.unauthorised
    RETURNING pupil_id AS "pupilId", school_year AS "schoolYear", attended, possible`;
  const pupilIds = [...new Set(column('pupilId'))];
  const after = byPupil(written.filter(({ schoolYear }) => schoolYear === year));
  const others = pupilIds.filter((id) => !after.has(id));
  for (const [id, total] of await fractions(tx, others, year)) after.set(id, total);
  const here = new Map(differences.flatMap((one) => (schoolYearOf(one.firstDay) === year ? [[one.pupilId, one] as const] : [])));
  const having = (key: 'lates' | 'towardsNotice') => new Set(differences.flatMap((one) => (one[key] > 0 ? [one.pupilId] : [])));
  const [late, notice] = [having('lates'), having('towardsNotice')];
  return pupilIds.map((pupilId) => {
    const now = after.get(pupilId) ?? nothing;
    const more = here.get(pupilId) ?? nothing;
    const before = { attended: now.attended - more.attended, possible: now.possible - more.possible };
    return { pupilId, before, after: now, late: late.has(pupilId), towardsNotice: notice.has(pupilId) };
  });
}

type Total = Fraction & { pupilId: string; schoolYear: string };

const nothing: Fraction = { attended: 0, possible: 0 };

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
  // Other days at the school bring marks in or leave some out.
  return pupilIds.map((pupilId) => ({
    ...{ pupilId, before: before.get(pupilId) ?? nothing, after: after.get(pupilId) ?? nothing, late: true, towardsNotice: true },
  }));
}

/** Asked as SQL: a thousand totals by way of objects take as long as counting them. */
async function fractions(tx: Tx, pupilIds: readonly string[], schoolYear: string): Promise<Map<string, Fraction>> {
  if (pupilIds.length === 0) return new Map();
  const totals = await ask(tx)<{ pupilId: string } & Fraction>`
    SELECT pupil_id AS "pupilId", attended, possible FROM pupil_total
    WHERE school_year = ${schoolYear} AND pupil_id = ANY (${pupilIds}::uuid[])`;
  return byPupil(totals);
}

const byPupil = (totals: readonly ({ pupilId: string } & Fraction)[]): Map<string, Fraction> =>
  new Map(totals.map(({ pupilId, attended, possible }) => [pupilId, { attended, possible }]));

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
  const marks = (...classes: CodeClass[]) => Prisma.sql`count(*) FILTER (WHERE m.code = ANY (${codesIn(...classes)}))`;
  await tx.$executeRaw`
    INSERT INTO pupil_total (pupil_id, school_year, possible, attended, authorised, unauthorised)
    SELECT p.id, y.label, ${marks(...possibleClasses)}, ${marks(...attendedClasses)}, ${marks('authorised')}, ${marks('unauthorised')}
    FROM pupil AS p
    CROSS JOIN unnest(${years.map(({ label }) => label)}::text[], ${years.map(({ first }) => first)}::date[],
      ${years.map(({ last }) => last)}::date[]) AS y (label, first, last)
    LEFT JOIN mark AS m ON m.pupil_id = p.id AND m.known_until IS NULL
      AND m.day BETWEEN greatest(y.first, p.on_roll_from) AND least(y.last, p.on_roll_to)
    WHERE p.id = ANY (${pupilIds}::uuid[])
    GROUP BY p.id, y.label
    ON CONFLICT (pupil_id, school_year) DO UPDATE SET possible = excluded.possible, attended = excluded.attended,
      authorised = excluded.authorised, unauthorised = excluded.unauthorised`;
}
