import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { folded, isOwnNumber } from '../../policy/people/own-number.ts';
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
      FROM (SELECT *, to_jsonb(b) - ARRAY['n', 'row', 'contact_id', 'takes_over', 'known_as', 'title', 'full_name', 'email', 'phone', 'address', 'postcode',
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

type Restricted = { pupilId: string; contactNo: string; name: string; restriction: string; until: Day | null };

/**
 * A restriction in force is never dropped by an empty cell: letters would go where a court has said they must not. Nor by a new
 * number or another word for the parent, as after a change of system: who is new to a child is looked for by name, unless the
 * file speaks of the restricted one too and so of two people. A row without a number may be anybody of that name.
 */
async function restrictionsLost(tx: Tx, schoolId: string, on: Day): Promise<Found[]> {
  const restricted = await restrictedOf(tx, schoolId, on);
  const rows = await tx.$queryRaw<{ n: number; row: number; nth: number; byName: boolean }[]>`
    SELECT a.n, a.row, r.nth::int - 1 AS nth, r.contact_no NOT IN (a.contact_no, coalesce(a.takes_over, '')) AS "byName"
    FROM arriving_contact AS a
    JOIN unnest(${restricted.map(({ pupilId }) => pupilId)}::uuid[], ${restricted.map(({ contactNo }) => contactNo)}::text[],
      ${restricted.map(({ name }) => folded(name))}::text[]) WITH ORDINALITY AS r (pupil_id, contact_no, name, nth)
      ON r.pupil_id = a.pupil_id AND (r.contact_no IN (a.contact_no, a.takes_over) OR (r.name = a.known_as
        AND NOT EXISTS (SELECT FROM arriving_contact AS f WHERE f.pupil_id = r.pupil_id AND r.contact_no IN (f.contact_no, f.takes_over))
        AND NOT (left(a.contact_no, 1) <> '~' AND EXISTS (SELECT FROM contact AS k JOIN pupil_contact AS l ON l.contact_id = k.id
          WHERE k.school_id = ${schoolId} AND k.contact_no = a.contact_no AND l.pupil_id = a.pupil_id))))
    WHERE a.restriction IS NULL ORDER BY a.row LIMIT ${mostProblems}`;
  return rows.map(({ n, row, nth, byName }) => ({
    ...{ row, with: [n], column: 'restriction', value: '' },
    cure: stillInForce(restricted[nth] as Restricted, byName),
  }));
}

const restrictedOf = (tx: Tx, schoolId: string, on: Day): Promise<Restricted[]> => tx.$queryRaw<Restricted[]>`
  SELECT l.pupil_id AS "pupilId", c.contact_no AS "contactNo", c.full_name AS name, l.restriction, l.restriction_until::text AS until
  FROM pupil_contact AS l JOIN contact AS c ON c.id = l.contact_id
  WHERE c.school_id = ${schoolId} AND l.restriction IS NOT NULL
    AND (l.restriction_until IS NULL OR l.restriction_until >= ${on}::date)
  ORDER BY c.contact_no`;

function stillInForce({ contactNo, restriction, until }: Restricted, byName: boolean): string {
  const end = until === null ? 'without an end' : `until ${shortDay(until)}`;
  const of = byName && !isOwnNumber(contactNo) ? ` of contact ${contactNo}, who has the same name,` : '';
  const cure = 'write it here, and end it with restriction_until';
  return `“${restriction}”${of} is on record ${end}: ${cure}${byName ? '. If they are two people, give both a row' : ''}`;
}
