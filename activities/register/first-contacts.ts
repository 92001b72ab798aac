import { type Day, londonDay, londonInstant } from '../../policy/calendar/day.ts';
import { isSchoolDay } from '../../policy/calendar/school-calendar.ts';
import { firstContact } from '../../policy/pack/first-contact.ts';
import type { Db } from '../../prisma/client.ts';
import { packInForce } from '../../prisma/packs.ts';
import { calendarOf, unexplainedOf } from '../../prisma/register.ts';
import { leaveToOutbox } from '../matter/leave-to-outbox.ts';
import { remind } from '../matter/remind-staff.ts';

/** A school whose policy has families spoken to by a time of this day: `at` in epoch ms. */
export type ContactsDue = { schoolId: string; on: Day; at: number };

/** All of those that live by the wall clock and have school today, the earliest first. */
export async function contactsDue(db: Db, now: number): Promise<ContactsDue[]> {
  const on = londonDay(now);
  const schools = await db.school.findMany({
    where: { training: false },
    select: { id: true, packId: true },
    orderBy: { id: 'asc' },
  });
  const due: ContactsDue[] = [];
  for (const { id: schoolId, packId } of schools) {
    const by = await contactBy(db, packId, on);
    if (by === null || !isSchoolDay(await calendarOf(db, schoolId), on)) continue;
    due.push({ schoolId, on, at: londonInstant(on, by.at) });
  }
  return due.sort((one, other) => one.at - other.at);
}

/**
 * Reminds whoever the policy names, once, if pupils are absent on that day without a reason although its time for a word with
 * their families has come. Done twice it changes nothing more.
 */
export async function remindOfContacts(db: Db, { schoolId, on }: Pick<ContactsDue, 'schoolId' | 'on'>): Promise<void> {
  const { packId } = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const by = await contactBy(db, packId, on);
  if (by === null || (await unexplainedOf(db, schoolId, { from: on, to: on })).length === 0) return;
  await db.$transaction(async (tx) => {
    const of = { matterKind: 'case', schoolId, authorityId: null, className: null } as const;
    await leaveToOutbox(tx, schoolId, await remind(tx, of, { kind: 'contact', ...by }, on));
  });
}

async function contactBy(db: Db, packId: string, on: Day) {
  const inForce = await packInForce(db, packId, on);
  const contact = inForce && firstContact(inForce.pack);
  return contact?.by ? { role: contact.role, at: contact.by } : null;
}
