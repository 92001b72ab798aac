import { contactOfChild, folded, isOwnNumber, ownNumber } from '../../policy/people/own-number.ts';
import type { ContactRow } from '../../policy/register/csv-forms.ts';
import type { Tx } from '../../prisma/client.ts';
import { stableId } from '../../prisma/stable-id.ts';

/** What a row's person is known by where the file gives no number, the number of ours that the person would get, and the name. */
export function keyOf(row: ContactRow, child: string): { key: string; own_no: string; name: string } {
  const key = contactOfChild(child, row);
  return { key, own_no: ownNumber(stableId(`contact:${key}`)), name: folded(row.full_name) };
}

/** The numbers of the school's contacts by those keys, the school's own before ours. */
export async function knownContacts(tx: Tx, schoolId: string): Promise<{ keys: string[]; numbers: string[] }> {
  const rows = await tx.$queryRaw<{ child: string; no: string; full_name: string; relationship: string }[]>`
    SELECT l.pupil_id AS child, c.contact_no AS no, c.full_name, l.relationship
    FROM pupil_contact AS l JOIN contact AS c ON c.id = l.contact_id WHERE c.school_id = ${schoolId}
    ORDER BY c.contact_no`;
  const known = new Map<string, string>();
  for (const { child, no, ...row } of rows) {
    const key = contactOfChild(child, row);
    if (!isOwnNumber(no) || !known.has(key)) known.set(key, no);
  }
  return { keys: [...known.keys()], numbers: [...known.values()] };
}
