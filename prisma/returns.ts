import type { Day } from '../policy/calendar/day.ts';
import { codeTable } from '../policy/register/codes.ts';
import type { SummaryCount } from '../policy/returns/daily-summary.ts';
import type { Db } from './client.ts';
import { dayOf, dayOrNull } from './day-column.ts';
import { believed, marksOfAll } from './register.ts';

type Asked = { schoolId: string; codes: ReadonlySet<string>; from: Day; to: Day; least: number; asKnownAt?: Date | undefined };

/** The ids of pupils with so many sessions of these codes or more between two days, as known now or at an instant: who has fewer cannot be in a return. */
async function pupilsWith(db: Db, { schoolId, codes, from, to, least, asKnownAt }: Asked): Promise<string[]> {
  const found = await db.$queryRaw<{ id: string }[]>`
    SELECT p.id FROM pupil AS p CROSS JOIN LATERAL (
      SELECT count(*) AS n FROM mark AS m
      WHERE m.pupil_id = p.id AND m.day BETWEEN ${from}::date AND ${to}::date AND ${believed(asKnownAt, 'm')}
        AND m.code = ANY (${[...codes]})
    ) AS m
    WHERE p.school_id = ${schoolId} AND m.n >= ${least}::int`;
  return found.map(({ id }) => id);
}

/** Those pupils, and their marks between two days, by year group, class and name. */
export async function pupilsForReturn(db: Db, asked: Asked) {
  const ids = await pupilsWith(db, asked);
  const [pupils, marks] = await Promise.all([
    db.pupil.findMany({
      where: { id: { in: ids } },
      orderBy: [{ yearGroup: 'asc' }, { className: 'asc' }, { chosenName: 'asc' }, { id: 'asc' }],
    }),
    marksOfAll(db, ids, asked, asked.asKnownAt),
  ]);
  return pupils.map((pupil) => ({
    ...pupil,
    ...{ born: dayOf(pupil.born), onRollFrom: dayOf(pupil.onRollFrom), onRollTo: dayOrNull(pupil.onRollTo) },
    marks: marks.get(pupil.id) ?? [],
  }));
}
export type PupilForReturn = Awaited<ReturnType<typeof pupilsForReturn>>[number];

/** Those whom the school knows for some pupils, the first to ring first. */
export const contactsOfAll = (db: Db, pupilIds: readonly string[]) =>
  db.pupilContact.findMany({
    where: { pupilId: { in: [...pupilIds] } },
    include: { contact: true },
    orderBy: [{ priority: 'asc' }, { contactId: 'asc' }],
  });

const codes = codeTable.map(({ code }) => code);
const classes = codeTable.map((meaning) => meaning.class);

/** How many pupils on roll on a day bore codes of each class, a row a class of pupils, session and class of codes. */
export const dayByClass = (db: Db, schoolId: string, on: Day, asKnownAt?: Date): Promise<SummaryCount[]> => db.$queryRaw<
  SummaryCount[]
>`
  SELECT p.year_group AS "yearGroup", p.class_name AS "className", s.session, coalesce(k.class, 'missing') AS "of",
    count(*)::int AS pupils
  FROM pupil AS p CROSS JOIN (VALUES ('AM'), ('PM')) AS s (session)
  LEFT JOIN mark AS m ON m.pupil_id = p.id AND m.day = ${on}::date AND m.session = s.session AND ${believed(asKnownAt, 'm')}
  LEFT JOIN unnest(${codes}::text[], ${classes}::text[]) AS k (code, class) ON k.code = m.code
  WHERE p.school_id = ${schoolId} AND p.on_roll_from <= ${on}::date AND (p.on_roll_to IS NULL OR p.on_roll_to >= ${on}::date)
  GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`;
