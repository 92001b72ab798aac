import { type ContactRow, csvForms } from '../../policy/register/csv-forms.ts';
import type { Tx } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';
import { stagedPeople } from '../../prisma/staged-rows.ts';
import { contactProblems } from './contact-problems.ts';
import type { ImportDeps, ImportOrder, ImportResult } from './import-result.ts';
import type { Merged, Merging, Prepare } from './importer.ts';
import { knownPupils, unknownPupil } from './known-pupils.ts';
import { runImport } from './run-import.ts';

/** Takes contacts into the register: a person by contact number, and what they are to each child. Nobody is removed. */
export const importContacts = (deps: ImportDeps, order: ImportOrder): Promise<ImportResult> =>
  runImport(deps, order, contactsImporter);

export const contactsImporter: Prepare<ContactRow> = async ({ db }, { schoolId, on }) => {
  const pupils = await knownPupils(db, schoolId);
  return {
    kind: 'contacts',
    table: 'staged_row',
    staging: (importId) => ({
      form: csvForms.contacts,
      into: 'staged_row (import_id, n, row, body)',
      look: ({ admission_no }) => (pupils.has(admission_no) ? [] : [unknownPupil(admission_no)]),
      values: (row, place) => [
        ...[importId, place.n, place.row],
        JSON.stringify({ ...row, pupil_id: pupils.get(row.admission_no)?.id }),
      ],
    }),
    async problems(tx, importId) {
      await arrive(tx, importId);
      return contactProblems(tx, schoolId, on);
    },
    outdated: async () => [],
    cells: stagedPeople,
    merge: mergeContacts,
  };
};

const arrive = (tx: Tx, importId: string): Promise<number> => tx.$executeRaw`
  CREATE TEMPORARY TABLE arriving_contact ON COMMIT DROP AS
  SELECT s.n, s.row, a.* FROM staged_row AS s, jsonb_to_record(s.body) AS a (contact_no text, pupil_id uuid, title text,
    full_name text, relationship text, parental_responsibility boolean, lives_with boolean, permission text, priority int,
    email text, phone text, address text[], postcode text, language text, restriction text, restriction_from date,
    restriction_until date, restriction_document text, restriction_read_by text)
  WHERE s.import_id = ${importId}::uuid`;

const person = ['title', 'full_name', 'email', 'phone', 'address', 'postcode', 'language'];
const restriction = ['', '_from', '_until', '_document', '_read_by'].map((part) => `restriction${part}`);
const link = ['relationship', 'parental_responsibility', 'lives_with', 'permission', 'priority', ...restriction];

const columns = (names: readonly string[], of?: string) =>
  Prisma.raw(names.map((name) => (of ? `${of}.${name}` : name)).join(', '));
const differs = (names: readonly string[], old: string, arriving: string) =>
  Prisma.sql`(${columns(names, old)}) IS DISTINCT FROM (${columns(names, arriving)})`;
const overwrite = (names: readonly string[]) => Prisma.raw(names.map((name) => `${name} = excluded.${name}`).join(', '));

async function mergeContacts({ tx, order: { schoolId } }: Merging): Promise<Merged> {
  const counts = await countRows(tx, schoolId);
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
  return { ...counts, opened: [], told: [] };
}

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
