import { leaveReminders } from '../../policy/leave/reminders.ts';
import type { Db } from '../../prisma/client.ts';
import { leaveWaiting, noteLeaveReminded } from '../../prisma/leave.ts';
import { packInForce } from '../../prisma/packs.ts';
import { calendarOf } from '../../prisma/register.ts';
import { todayAt } from '../../prisma/school-clock.ts';
import { leaveToOutbox } from '../matter/leave-to-outbox.ts';
import { remindStaff } from '../matter/remind-staff.ts';

/** As many as wait at the end of a long holiday. */
const inItsTime = { timeout: 25_000, maxWait: 10_000 };

/**
 * Has those reminded whom a request for leave has waited for too long, and later who stands in for them, each once. Done twice it
 * changes nothing more. Where no policy is in force none says how long is too long.
 */
export async function remindOfLeave(db: Db, schoolId: string, now: number): Promise<void> {
  const school = await db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const on = todayAt(school, now);
  const pack = (await packInForce(db, school.packId, on))?.pack;
  if (!pack) return;
  const calendar = await calendarOf(db, schoolId);
  await db.$transaction(async (tx) => {
    for (const { id, className, ...waiting } of await leaveWaiting(tx, schoolId)) {
      const told = leaveReminders(pack, calendar, on, waiting);
      if (told.length === 0) continue;
      const follow = await remindStaff(tx, { matterKind: 'leave', schoolId, authorityId: null, className }, told, on);
      await leaveToOutbox(tx, schoolId, follow);
      const types = told.map(({ type }) => type);
      await noteLeaveReminded(tx, id, on, types);
    }
  }, inItsTime);
}
