import { type Day, shortDay } from '../../policy/calendar/day.ts';
import type { Tx } from '../../prisma/client.ts';
import type { Found } from './importer.ts';
import { mostProblems } from './raw-row.ts';

/** What is wrong between the rows of a contacts file, or between a row and what the school knows. */
export const contactProblems = async (tx: Tx, schoolId: string, on: Day): Promise<Found[]> => [
  ...(await differentPeople(tx)),
  ...(await sameChildTwice(tx)),
  ...(await restrictionsLost(tx, schoolId, on)),
];

/** One contact number for two people. A person with two children has two rows, alike in all that is the person's own. */
async function differentPeople(tx: Tx): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ row: number; contactNo: string; first: number; with: number[] }[]>`
    SELECT row, contact_no AS "contactNo", first, "with" FROM (
      SELECT row, contact_no, first_value(row) OVER w AS first, said, first_value(said) OVER w AS said_first,
        array_agg(n) OVER (PARTITION BY contact_no) AS "with"
      FROM (SELECT *, to_jsonb(ARRAY[title, full_name, email, phone, address::text, postcode, language]) AS said
        FROM arriving_contact) AS a
      WINDOW w AS (PARTITION BY contact_no ORDER BY n)
    ) AS s WHERE said <> said_first ORDER BY row LIMIT ${mostProblems}`;
  return rows.map(({ row, contactNo, first, with: all }) => ({
    ...{ row, with: all },
    column: 'contact_no',
    value: contactNo,
    cure: `Row ${first} gives another name or address for this contact: make the rows alike, or give one of them its own number`,
  }));
}

async function sameChildTwice(tx: Tx): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ row: number; contactNo: string; first: number; with: number[] }[]>`
    SELECT row, contact_no AS "contactNo", first, "with" FROM (
      SELECT row, contact_no, first_value(row) OVER w AS first, said, first_value(said) OVER w AS said_first,
        array_agg(n) OVER (PARTITION BY contact_no, pupil_id) AS "with"
      FROM (SELECT *, to_jsonb(b) - ARRAY['n', 'row', 'title', 'full_name', 'email', 'phone', 'address', 'postcode', 'language'] AS said
        FROM arriving_contact AS b) AS a
      WINDOW w AS (PARTITION BY contact_no, pupil_id ORDER BY n)
    ) AS s WHERE said <> said_first ORDER BY row LIMIT ${mostProblems}`;
  return rows.map(({ row, contactNo, first, with: all }) => ({
    ...{ row, with: all },
    column: 'contact_no',
    value: contactNo,
    cure: `Row ${first} is about the same person and child and says other things: keep one of the two`,
  }));
}

/** A restriction in force is never dropped by an empty cell: letters would go where a court has said they must not. */
async function restrictionsLost(tx: Tx, schoolId: string, on: Day): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ n: number; row: number; restriction: string; until: string | null }[]>`
    SELECT a.n, a.row, l.restriction, l.restriction_until::text AS until FROM arriving_contact AS a
    JOIN contact AS c ON c.school_id = ${schoolId} AND c.contact_no = a.contact_no
    JOIN pupil_contact AS l ON l.contact_id = c.id AND l.pupil_id = a.pupil_id
    WHERE a.restriction IS NULL AND l.restriction IS NOT NULL
      AND (l.restriction_until IS NULL OR l.restriction_until >= ${on}::date)
    ORDER BY a.row LIMIT ${mostProblems}`;
  return rows.map(({ n, row, restriction, until }) => ({
    ...{ row, with: [n] },
    column: 'restriction',
    value: '',
    cure: `“${restriction}” is on record ${until === null ? 'without an end' : `until ${shortDay(until)}`}: write it here, and end it with restriction_until`,
  }));
}
