import type { Day } from '../policy/calendar/day.ts';
import type { Standing } from '../policy/letters/may-write.ts';
import type { Comparable, Pair } from '../policy/people/matching.ts';
import type { ContactOfChild } from '../policy/people/person.ts';
import type { Kind, Verdict } from '../policy/people/say.ts';
import type { Db, Tx } from './client.ts';
import { columnOf, dayOf, dayOrNull } from './day-column.ts';
import type { Contact, PupilContact } from './generated/client.ts';
import { ask } from './pg-client.ts';

/** A contact of the school that is the same person as another, with what it is to its children. */
export type SameAs = Contact & { pupils: PupilContact[] };

/**
 * For each of these contacts the others that somebody has said are the same person, also by way of a third. Most have none,
 * and stand in no list.
 */
export async function sameAs(db: Db | Tx, contactIds: readonly string[]): Promise<ReadonlyMap<string, SameAs[]>> {
  const pairs = await ask(db)<{ of: string; id: string }>`
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

type Read = { pupilId: string; contactId: string };

/** How the reader of each letter stands to its pupil now, with all rows of the person; null where the two are no longer linked. */
export async function readersOf(db: Db, letters: readonly Read[]): Promise<(ContactOfChild | null)[]> {
  const contactIds = [...new Set(letters.map(({ contactId }) => contactId))];
  const pupilIds = [...new Set(letters.map(({ pupilId }) => pupilId))];
  const links = await db.pupilContact.findMany({
    where: { pupilId: { in: pupilIds }, contactId: { in: contactIds } },
    include: { contact: true },
  });
  const same = await sameAs(db, contactIds);
  return letters.map(({ pupilId, contactId }) => {
    const link = links.find((one) => one.pupilId === pupilId && one.contactId === contactId);
    return link ? contactOfChild(link, same.get(contactId) ?? []) : null;
  });
}

/** The same of one letter. */
export const readerOf = async (db: Db, letter: Read): Promise<ContactOfChild | null> =>
  (await readersOf(db, [letter]))[0] ?? null;

const child = { select: { id: true, chosenName: true, className: true } } as const;

/** The contacts of a school as they are compared, with their children. */
export async function contactsCompared(db: Db | Tx, schoolId: string, today: Day) {
  const stands = { restriction: { not: null }, OR: [{ restrictionUntil: null }, { restrictionUntil: { gte: columnOf(today) } }] };
  const restricted = await db.pupilContact.findMany({ where: { contact: { schoolId }, ...stands }, select: { contactId: true } });
  const kept = new Set(restricted.map(({ contactId }) => contactId));
  const rows = await db.contact.findMany({
    where: { schoolId },
    include: { pupils: { select: { relationship: true, pupil: child }, orderBy: { pupilId: 'asc' } } },
    orderBy: [{ fullName: 'asc' }, { id: 'asc' }],
  });
  return rows.map((row) => ({ ...row, restricted: kept.has(row.id) }) satisfies Comparable);
}

/** Contacts of whatever school as they are compared, by id. A restriction about any child, whenever it stands, forbids it. */
export async function comparedContacts(db: Db | Tx, ids: readonly string[]): Promise<ReadonlyMap<string, Comparable>> {
  const rows = await db.contact.findMany({
    where: { id: { in: [...ids] } },
    include: { pupils: { select: { restriction: true } } },
  });
  return new Map(
    rows.map(({ pupils, ...row }) => [row.id, { ...row, restricted: pupils.some(({ restriction }) => restriction !== null) }]),
  );
}

/** The pupils of a school as they are compared. */
export async function pupilsCompared(db: Db | Tx, schoolId: string) {
  const rows = await db.pupil.findMany({
    where: { schoolId },
    select: { ...child.select, legalName: true, born: true, admissionNo: true, upn: true },
    orderBy: [{ legalName: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ born, ...row }) => ({ ...row, born: dayOf(born) }));
}

/** What is said of contacts or pupils that look alike, the newest first. What is to be asked again is not said. */
export async function saidOf(db: Db | Tx, schoolId: string) {
  const rows = await db.samePerson.findMany({
    where: { schoolId, until: null, verdict: { not: 'ask' } },
    orderBy: [{ at: 'desc' }, { id: 'asc' }],
  });
  return rows.map(({ kind, firstId: first, secondId: second, verdict, ...row }) => ({
    ...{ ...row, kind: kind as Kind, first, second, verdict: verdict as 'one' | 'two' },
  }));
}

/** Lets nobody else say something of this school's people until the transaction ends. */
export const oneSpeakerAt = (tx: Tx, schoolId: string): Promise<unknown> =>
  tx.$queryRaw`SELECT id FROM school WHERE id = ${schoolId} FOR NO KEY UPDATE`;

type Saying = Pair & { kind: Kind; verdict: Verdict; why: string; by: string; at: Date; schoolId: string };

/** Keeps what somebody says of two; what was said before ends, and stays on record. */
export async function keepSaid(tx: Tx, { kind, first, second, by, ...saying }: Saying): Promise<void> {
  const pair = { firstId: first, secondId: second };
  await tx.samePerson.updateMany({ where: { ...pair, until: null }, data: { until: saying.at } });
  await tx.samePerson.create({ data: { kind, ...pair, byUser: by, ...saying } });
}
