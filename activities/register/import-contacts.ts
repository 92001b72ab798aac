import { type ContactRow, columnsOf, csvForms } from '../../policy/register/csv-forms.ts';
import type { Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { stagedPeople } from '../../prisma/staged-rows.ts';
import { checkRow } from './check-row.ts';
import { contactProblems } from './contact-problems.ts';
import { tellCasesOf } from './follow-change.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import type { Merged, Merging, Prepare } from './importer.ts';
import { changesBetween } from './keep-changes.ts';
import { keyOf, knownContacts } from './known-contacts.ts';
import { knownPupils, unknownPupil } from './known-pupils.ts';
import { runImport } from './run-import.ts';
import { columns, differs, known, overwrite } from './upsert-columns.ts';

/**
 * Takes contacts into the register: a person by contact number, and what they are to each child. Without a number a person
 * is told by child, name and relationship. Nobody is removed.
 */
export const importContacts = (deps: ImportDeps, order: ImportOrder): Promise<ImportResult> =>
  runImport(deps, order, contactsImporter);

export const contactsImporter: Prepare<ContactRow> = async (client, { schoolId, on }) => {
  const pupils = await knownPupils(client, schoolId);
  return {
    kind: 'contacts',
    table: 'staged_row',
    staging: (importId) => ({
      check: (raw) => checkRow(csvForms.contacts, raw),
      into: 'staged_row (import_id, n, row, body)',
      look: ({ admission_no }) => (pupils.has(admission_no) ? [] : [unknownPupil(admission_no)]),
      values: (row, place) => {
        const pupil_id = pupils.get(row.admission_no)?.id ?? '';
        return [importId, place.n, place.row, JSON.stringify({ ...row, looked_up: { pupil_id, ...keyOf(row, pupil_id) } })];
      },
    }),
    async problems(tx, importId) {
      await number(tx, importId, schoolId);
      await takeOver(tx, schoolId);
      await arrive(tx, importId, schoolId);
      return contactProblems(tx, schoolId, on);
    },
    outdated: async () => [],
    cells: stagedPeople,
    merge: mergeContacts,
  };
};

/**
 * Finds the number of each row's person. A row without one is the contact of this child with this name and relationship; if
 * there is none, it gets a number that the same row gets again. A row with one takes over what was such a contact.
 */
async function number(tx: Tx, importId: string, schoolId: string): Promise<void> {
  const { keys, numbers } = await knownContacts(tx, schoolId);
  await tx.$executeRaw`
    CREATE TEMPORARY TABLE arriving_number ON COMMIT DROP AS
    SELECT s.n, coalesce(s.given, k.no, s.looked_up->>'own_no') AS contact_no,
      CASE WHEN s.given IS NOT NULL AND left(k.no, 1) = '~' THEN k.no END AS takes_over
    FROM (SELECT n, body->'looked_up' AS looked_up, nullif(body->>'contact_no', '') AS given
      FROM staged_row WHERE import_id = ${importId}::uuid) AS s
    LEFT JOIN unnest(${keys}::text[], ${numbers}::text[]) AS k (key, no) ON k.key = s.looked_up->>'key'`;
}

/** Who had a number of ours has the school's from now on. */
const takeOver = (tx: Tx, schoolId: string): Promise<number> => tx.$executeRaw`
  UPDATE contact AS c SET contact_no = s.contact_no
  FROM (SELECT DISTINCT ON (contact_no) contact_no, takes_over FROM arriving_number WHERE takes_over IS NOT NULL
    ORDER BY contact_no, n) AS s
  WHERE c.school_id = ${schoolId} AND c.contact_no = s.takes_over
    AND NOT EXISTS (SELECT FROM contact AS k WHERE k.school_id = ${schoolId} AND k.contact_no = s.contact_no)`;

const person = ['title', 'full_name', 'email', 'phone', 'address', 'postcode', 'language', 'address_safe', 'channel'];
const ofRestriction = ['_from', '_until', '_document', '_read_by', '_reviewer', '_review'].map((part) => `restriction${part}`);
const link = ['relationship', 'parental_responsibility', 'lives_with', 'permission', 'priority', 'restriction', ...ofRestriction];

/**
 * What a file may leave out stays as it is known. Of a new person nothing is known; the address is safe if nobody has spoken of
 * it; and whoever has parental responsibility is entitled to be told, others are not written to until somebody says so
 * (DfE, Parental responsibility: guide for schools).
 */
const nothingKnown = Prisma.sql`jsonb_build_object('address', '[]'::jsonb, 'language', 'en', 'address_safe', true,
  'permission', CASE WHEN (s.body->>'parental_responsibility')::boolean THEN 'full' ELSE 'none' END)`;
const optional = columnsOf('contacts').optional;
const knownOf = (table: string, names: readonly string[]) =>
  Prisma.sql`jsonb_strip_nulls(${known(
    names.filter((name) => optional.includes(name)),
    table,
  )})`;

/** Another restriction, or none any more: the days, the document and the reviewer of the one before are not of this one. */
const notOfThisRestriction = Prisma.sql`CASE WHEN jsonb_exists(s.body, 'restriction') AND s.body->>'restriction' IS DISTINCT FROM l.restriction
  THEN ${JSON.stringify(Object.fromEntries(ofRestriction.map((name) => [name, null])))} ELSE '{}' END::jsonb`;

const arrive = (tx: Tx, importId: string, schoolId: string): Promise<number> => tx.$executeRaw`
  CREATE TEMPORARY TABLE arriving_contact ON COMMIT DROP AS
  SELECT s.n, s.row, c.id AS contact_id, m.contact_no, m.takes_over, (s.body->'looked_up'->>'pupil_id')::uuid AS pupil_id,
    s.body->'looked_up'->>'name' AS known_as, a.*
  FROM staged_row AS s JOIN arriving_number AS m ON m.n = s.n
  LEFT JOIN contact AS c ON c.school_id = ${schoolId} AND c.contact_no = m.contact_no
  LEFT JOIN pupil_contact AS l ON l.contact_id = c.id AND l.pupil_id = (s.body->'looked_up'->>'pupil_id')::uuid,
  jsonb_to_record(${nothingKnown} || ${knownOf('c', person)} || ${knownOf('l', link)} || ${notOfThisRestriction} || s.body) AS a (title text, full_name text,
    relationship text, parental_responsibility boolean, lives_with boolean, permission text, priority int, email text,
    phone text, address text[], postcode text, language text, address_safe boolean, channel text, restriction text,
    restriction_from date, restriction_until date, restriction_document text, restriction_read_by text,
    restriction_reviewer text, restriction_review date)
  WHERE s.import_id = ${importId}::uuid`;

async function mergeContacts(merging: Merging): Promise<Merged> {
  const { tx, order, onChanges } = merging;
  const { schoolId } = order;
  const counts = await countRows(tx, schoolId);
  await onChanges?.(whichChange);
  const otherwise = await writtenToOtherwise(tx, schoolId);
  await tx.$executeRaw`
    INSERT INTO contact AS c (id, school_id, contact_no, ${columns(person)})
    SELECT DISTINCT ON (contact_no) gen_random_uuid(), ${schoolId}, contact_no, ${columns(person)}
    FROM arriving_contact ORDER BY contact_no, n
    ON CONFLICT (school_id, contact_no) DO UPDATE SET ${overwrite(person)} WHERE ${differs(person, 'c', 'excluded')}`;
  await tx.$executeRaw`
    INSERT INTO pupil_contact AS l (pupil_id, contact_id, ${columns(link)})
    SELECT DISTINCT ON (a.pupil_id, c.id) a.pupil_id, c.id, ${columns(link, 'a')}
    FROM arriving_contact AS a JOIN contact AS c ON c.school_id = ${schoolId} AND c.contact_no = a.contact_no
    ORDER BY a.pupil_id, c.id, a.n
    ON CONFLICT (pupil_id, contact_id) DO UPDATE SET ${overwrite(link)} WHERE ${differs(link, 'l', 'excluded')}`;
  await sayTheSame(tx, schoolId);
  return { ...counts, opened: [], told: await tellCasesOf(merging, otherwise) };
}

/** What decides whether somebody may be written to about a child, and whether they can be reached about any. */
const allows = ['permission', 'parental_responsibility', 'lives_with', 'restriction', 'restriction_from', 'restriction_until'];
const reaches = ['email', 'address', 'address_safe', 'channel'];

/** Pupils of whom the file says otherwise than is known who may or can be written to: how to reach a person is so of all their children. */
async function writtenToOtherwise(tx: Tx, schoolId: string): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT l.pupil_id AS id FROM arriving_contact AS a
    JOIN contact AS c ON c.school_id = ${schoolId} AND c.contact_no = a.contact_no
    JOIN pupil_contact AS l ON l.contact_id = c.id
    WHERE ${differs(reaches, 'c', 'a')} OR (l.pupil_id = a.pupil_id AND ${differs(allows, 'l', 'a')})`;
  return rows.map(({ id }) => id);
}

const whichChange = Prisma.sql`SELECT a.n, a.row, a.pupil_id, NULL, NULL, c.full_name, ${changesBetween([
  ...person.map((column) => ({ column, was: `c.${column}`, now: `a.${column}` })),
  ...link.map((column) => ({ column, was: `l.${column}`, now: `a.${column}` })),
])} AS changes
  FROM (SELECT DISTINCT ON (contact_no, pupil_id) * FROM arriving_contact ORDER BY contact_no, pupil_id, n) AS a
  JOIN contact AS c ON c.id = a.contact_id JOIN pupil_contact AS l ON l.contact_id = c.id AND l.pupil_id = a.pupil_id`;

/** A number that stands for a person known twice until now makes the two one, unless somebody has spoken of them. */
const sayTheSame = (tx: Tx, schoolId: string): Promise<number> => tx.$executeRaw`
  INSERT INTO same_person (id, school_id, kind, first_id, second_id, verdict, why)
  SELECT DISTINCT ON (4, 5) gen_random_uuid(), ${schoolId}, 'contact', least(c.id, was.id), greatest(c.id, was.id), 'one',
    'A contacts file gives both this number: ' || a.contact_no
  FROM arriving_contact AS a
  JOIN contact AS c ON c.school_id = ${schoolId} AND c.contact_no = a.contact_no
  JOIN contact AS was ON was.school_id = ${schoolId} AND was.contact_no = a.takes_over
  WHERE NOT EXISTS (SELECT FROM same_person AS s WHERE s.until IS NULL AND s.first_id = least(c.id, was.id)
    AND s.second_id = greatest(c.id, was.id))`;

/** How many rows say something new of a person and child, and how many say something else than is known. */
async function countRows(tx: Tx, schoolId: string): Promise<{ added: number; changed: number }> {
  const [counts] = await tx.$queryRaw<{ added: number; changed: number }[]>`
    SELECT (count(*) FILTER (WHERE l.pupil_id IS NULL))::int AS added,
      (count(*) FILTER (WHERE l.pupil_id IS NOT NULL AND (${differs(person, 'c', 'a')} OR ${differs(link, 'l', 'a')})))::int AS changed
    FROM (SELECT DISTINCT ON (contact_no, pupil_id) * FROM arriving_contact ORDER BY contact_no, pupil_id, n) AS a
    LEFT JOIN contact AS c ON c.school_id = ${schoolId} AND c.contact_no = a.contact_no
    LEFT JOIN pupil_contact AS l ON l.contact_id = c.id AND l.pupil_id = a.pupil_id`;
  return counts ?? { added: 0, changed: 0 };
}
