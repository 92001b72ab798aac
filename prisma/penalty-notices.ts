import type { Db } from './client.ts';
import { dayOf } from './day-column.ts';

/** Every notice issued to this parent for this child, in whatever referral, oldest first. */
export async function noticesTo(db: Db, { pupilId, contactId }: { pupilId: string; contactId: string }) {
  const notices = await db.penaltyNotice.findMany({
    where: { pupilId, contactId },
    orderBy: [{ issuedOn: 'asc' }, { id: 'asc' }],
  });
  return notices.map(({ issuedOn, ...notice }) => ({ ...notice, issuedOn: dayOf(issuedOn) }));
}
