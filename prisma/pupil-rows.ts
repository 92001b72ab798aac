import type { Tx } from './client.ts';
import { type Contact, Prisma, type Pupil, type PupilContact, type School } from './generated/client.ts';
import { ask } from './pg-client.ts';
import { columnsOf, partOf } from './row-columns.ts';

/** A school without the calendar of its file, which is long. */
export type SchoolRow = Omit<School, 'periodsOfFile'>;
const { periodsOfFile: _, ...schoolFields } = Prisma.SchoolScalarFieldEnum;

/** A pupil with school and contacts. */
export type PupilRow = Pupil & { school: SchoolRow; contacts: (PupilContact & { contact: Contact })[] };

/** These pupils by id, each with the school and all contacts, who is to be rung first before the others. */
export async function pupilRows(tx: Tx, ids: readonly string[]): Promise<PupilRow[]> {
  const rows = await ask(tx)<{ 'p.id': string; 'l.contactId': string | null }>`
    SELECT ${columnsOf(Prisma.PupilScalarFieldEnum, 'p', { as: 'p.', lists: ['flags'] })},
      ${columnsOf(schoolFields, 's', { as: 's.', lists: ['address'] })},
      ${columnsOf(Prisma.PupilContactScalarFieldEnum, 'l', { as: 'l.' })},
      ${columnsOf(Prisma.ContactScalarFieldEnum, 'c', { as: 'c.', lists: ['address'] })}
    FROM pupil AS p JOIN school AS s ON s.id = p.school_id
    LEFT JOIN (pupil_contact AS l JOIN contact AS c ON c.id = l.contact_id) ON l.pupil_id = p.id
    WHERE p.id = ANY (${[...ids]}::uuid[]) ORDER BY p.id, l.priority, l.contact_id`;
  const pupils = new Map<string, PupilRow>();
  for (const row of rows) {
    const pupil = pupils.get(row['p.id']) ?? {
      ...partOf<Pupil>(row, 'p.'),
      ...{ school: partOf<SchoolRow>(row, 's.'), contacts: [] },
    };
    pupils.set(pupil.id, pupil);
    if (row['l.contactId'] !== null)
      pupil.contacts.push({ ...partOf<PupilContact>(row, 'l.'), contact: partOf<Contact>(row, 'c.') });
  }
  return [...pupils.values()];
}
