import { type Day, londonDay, londonInstant } from '../../policy/calendar/day.ts';
import { isSchoolDay } from '../../policy/calendar/school-calendar.ts';
import { firstContact } from '../../policy/pack/first-contact.ts';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Session } from '../../policy/register/mark.ts';
import type { Db, Tx } from '../../prisma/client.ts';
import { packInForce } from '../../prisma/packs.ts';
import { calendarOf, unexplainedOf } from '../../prisma/register.ts';
import { leaveToOutbox } from '../matter/leave-to-outbox.ts';
import { remind } from '../matter/remind-staff.ts';
import type { SchoolOnDay } from './import-result.ts';

/** A school whose policy has families spoken to by a time of this day: `at` in epoch ms. */
export type ContactsDue = { schoolId: string; on: Day; at: number };

/**
 * All of those that live by the wall clock and have school today, the earliest first. One whose policy cannot be read is
 * due at once: its own reminder fails for it, and keeps no other school from theirs.
 */
export async function contactsDue(db: Db, now: number): Promise<ContactsDue[]> {
  const on = londonDay(now);
  const schools = await db.school.findMany({
    where: { training: false },
    select: { id: true, packId: true },
    orderBy: { id: 'asc' },
  });
  const due: ContactsDue[] = [];
  for (const { id: schoolId, packId } of schools) {
    const at = await timeOf(db, { schoolId, packId, on }).catch((error) => {
      if (error instanceof Refusal) return now;
      throw error;
    });
    if (at !== null) due.push({ schoolId, on, at });
  }
  return due.sort((one, other) => one.at - other.at);
}

/** The instant by which families are to be spoken to on a day; null if the school's policy names no time, or there is no school. */
async function timeOf(db: Db, { schoolId, packId, on }: { schoolId: string; packId: string; on: Day }): Promise<number | null> {
  const by = await contactBy(db, packId, on);
  return by !== null && isSchoolDay(await calendarOf(db, schoolId), on) ? londonInstant(on, by.at) : null;
}

/**
 * Reminds whoever the policy names, once, if pupils are absent on that day without a reason although its time for a word with
 * their families has come. Done twice it changes nothing more.
 */
export async function remindOfContacts(db: Db, { schoolId, on }: Pick<ContactsDue, 'schoolId' | 'on'>): Promise<void> {
  const { packId } = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const by = await contactBy(db, packId, on);
  if (by !== null) await db.$transaction((tx) => remindNow(tx, { schoolId, on, by }));
}

/** The same for marks of today that come in after that time, when nobody looks any more. */
export async function remindOfLateRegister(tx: Tx, { schoolId, on }: SchoolOnDay, now: number): Promise<void> {
  const { packId, training } = await tx.school.findUniqueOrThrow({ where: { id: schoolId } });
  const by = training || on !== londonDay(now) ? null : await contactBy(tx, packId, on);
  if (by !== null && now >= londonInstant(on, by.at)) await remindNow(tx, { schoolId, on, by });
}

type By = { role: Role; at: string };

async function remindNow(tx: Tx, { schoolId, on, by }: { schoolId: string; on: Day; by: By }): Promise<void> {
  const absent = (await unexplainedOf(tx, schoolId, { from: on, to: on })).filter(({ session }) => wasMissed(session, by.at));
  const classes = by.role === 'class-teacher' ? absent.map(({ className }) => className) : absent.map(() => null);
  for (const className of new Set(classes)) {
    const of = { matterKind: 'case', schoolId, authorityId: null, className } as const;
    await leaveToOutbox(tx, schoolId, await remind(tx, of, { kind: 'contact', ...by }, on));
  }
}

/** Of who came in the morning and is away in the afternoon, nothing was due before noon. */
const wasMissed = (session: Session, at: string): boolean => session === 'AM' || at >= '12:00';

async function contactBy(db: Db | Tx, packId: string, on: Day): Promise<By | null> {
  const inForce = await packInForce(db, packId, on);
  const contact = inForce && firstContact(inForce.pack);
  return contact?.by ? { role: contact.role, at: contact.by } : null;
}
