import type { Db, Tx } from './client.ts';
import { dayOf } from './day-column.ts';

/** Every notice issued for this child, to whomever and in whatever referral, oldest first. */
export async function noticesFor(db: Db | Tx, pupilId: string) {
  const notices = await db.penaltyNotice.findMany({ where: { pupilId }, orderBy: [{ issuedOn: 'asc' }, { id: 'asc' }] });
  return notices.map(({ issuedOn, ...notice }) => ({ ...notice, issuedOn: dayOf(issuedOn) }));
}
