import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { isOwnNumber } from '../../policy/people/own-number.ts';
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
      FROM (SELECT *, to_jsonb(ARRAY[title, full_name, email, phone, address::text, postcode, language,
        address_safe::text, channel]) AS said
        FROM arriving_contact) AS a
      WINDOW w AS (PARTITION BY contact_no ORDER BY n)
    ) AS s WHERE said <> said_first ORDER BY row LIMIT ${mostProblems}`;
  return rows.map(({ row, contactNo, first, with: all }) => ({
    ...{ row, with: all },
    column: 'contact_no',
    value: shown(contactNo),
    cure: `Row ${first} gives another name or address for this contact: make the rows alike, or give one of them its own number`,
  }));
}

async function sameChildTwice(tx: Tx): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ row: number; contactNo: string; first: number; with: number[] }[]>`
    SELECT row, contact_no AS "contactNo", first, "with" FROM (
      SELECT row, contact_no, first_value(row) OVER w AS first, said, first_value(said) OVER w AS said_first,
        array_agg(n) OVER (PARTITION BY contact_no, pupil_id) AS "with"
      FROM (SELECT *, to_jsonb(b) - ARRAY['n', 'row', 'takes_over', 'title', 'full_name', 'email', 'phone', 'address', 'postcode',
        'language', 'address_safe', 'channel'] AS said
        FROM arriving_contact AS b) AS a
      WINDOW w AS (PARTITION BY contact_no, pupil_id ORDER BY n)
    ) AS s WHERE said <> said_first ORDER BY row LIMIT ${mostProblems}`;
  return rows.map(({ row, contactNo, first, with: all }) => ({
    ...{ row, with: all },
    column: 'contact_no',
    value: shown(contactNo),
    cure: `Row ${first} is about the same person and child and says other things: keep one of the two`,
  }));
}

/** A number of ours stands in no file. */
const shown = (contactNo: string): string => (isOwnNumber(contactNo) ? '' : contactNo);

/**
 * A restriction in force is never dropped by an empty cell: letters would go where a court has said they must not. Whom a file
 * without numbers calls something else to the child than before is still looked for by name.
 */
async function restrictionsLost(tx: Tx, schoolId: string, on: Day): Promise<Found[]> {
  const rows = await tx.$queryRaw<{ n: number; row: number; restriction: string; until: string | null }[]>`
    SELECT a.n, a.row, l.restriction, l.restriction_until::text AS until FROM arriving_contact AS a
    JOIN pupil_contact AS l ON l.pupil_id = a.pupil_id
    JOIN contact AS c ON c.id = l.contact_id AND c.school_id = ${schoolId} AND (c.contact_no IN (a.contact_no, a.takes_over)
      OR (left(a.contact_no, 1) = '~' AND lower(c.full_name) = lower(a.full_name)))
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
