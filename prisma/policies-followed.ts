import { randomUUID } from 'node:crypto';
import type { Day } from '../policy/calendar/day.ts';
import type { Db } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';

/** A school's new cases begin under another policy: which it was, which it is, from which day, and who said so. */
export type Followed = { schoolId: string; was: string; packId: string; on: Day; byUser: string };

/** Lets a school follow another policy. False, and nothing is done, if by now it follows another than it did. */
export const followPolicy = (db: Db, { schoolId, was, packId, on, byUser }: Followed): Promise<boolean> =>
  db.$transaction(async (tx) => {
    const { count } = await tx.school.updateMany({ where: { id: schoolId, packId: was }, data: { packId } });
    if (count === 0) return false;
    await tx.policyFollowed.create({ data: { id: randomUUID(), schoolId, was, packId, onDay: columnOf(on), byUser } });
    return true;
  });

/** When a school came to the policy that it follows, if that was said on a page or by API. */
export async function lastFollowed(db: Db, { id: schoolId, packId }: { id: string; packId: string }): Promise<Followed | null> {
  const row = await db.policyFollowed.findFirst({ where: { schoolId }, orderBy: { at: 'desc' } });
  return row?.packId === packId ? { ...row, on: dayOf(row.onDay) } : null;
}
