import type { Standing } from '../policy/letters/may-write.ts';
import type { ContactOfChild } from '../policy/people/person.ts';
import type { Db, Tx } from './client.ts';
import { dayOrNull } from './day-column.ts';
import type { Contact, PupilContact } from './generated/client.ts';

/** A contact of the school that is the same person as another, with what it is to its children. */
export type SameAs = Contact & { pupils: PupilContact[] };

/**
 * For each of these contacts the others that somebody has said are the same person, also by way of a third. Most have none,
 * and stand in no list.
 */
export async function sameAs(db: Db | Tx, contactIds: readonly string[]): Promise<ReadonlyMap<string, SameAs[]>> {
  const pairs = await db.$queryRaw<{ of: string; id: string }[]>`
    WITH RECURSIVE one (of, id) AS (
      SELECT id, id FROM unnest(${[...contactIds]}::uuid[]) AS given (id)
      UNION
      SELECT one.of, CASE WHEN s.first_id = one.id THEN s.second_id ELSE s.first_id END FROM one
      JOIN same_person AS s ON one.id IN (s.first_id, s.second_id) AND s.verdict = 'one' AND s.until IS NULL
    ) SELECT of, id FROM one WHERE of <> id`;
  if (pairs.length === 0) return new Map();
  const contacts = await db.contact.findMany({
    where: { id: { in: pairs.map(({ id }) => id) } },
    include: { pupils: true },
    orderBy: { id: 'asc' },
  });
  return new Map(
    [...new Set(pairs.map(({ of }) => of))].map((of) => [
      of,
      contacts.filter(({ id }) => pairs.some((pair) => pair.of === of && pair.id === id)),
    ]),
  );
}

/** How a contact stands to a child, as the rules read it. */
export const standingOf = ({ restrictionFrom, restrictionUntil, ...link }: PupilContact): Standing => ({
  ...link,
  restrictionFrom: dayOrNull(restrictionFrom),
  restrictionUntil: dayOrNull(restrictionUntil),
});

/** A contact of a child with the other contacts that are the same person, as the rules read them. */
export const contactOfChild = (link: PupilContact & { contact: Contact }, same: readonly SameAs[]): ContactOfChild => ({
  ...{ contactId: link.contactId, contactNo: link.contact.contactNo, priority: link.priority },
  ...{ standing: standingOf(link), place: link.contact },
  same: same.map((other) => {
    const ofThisChild = other.pupils.find(({ pupilId }) => pupilId === link.pupilId);
    return { contactId: other.id, place: other, standing: ofThisChild ? standingOf(ofThisChild) : null };
  }),
});
