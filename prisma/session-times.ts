import type { DatedTimes } from '../policy/calendar/session-times.ts';
import type { Db } from './client.ts';
import { columnOf, dayOf } from './day-column.ts';

export type KeptTimes = DatedTimes & { reason: string; byUser: string | null; keptAt: Date };

/** A school's session times, by the day from which they hold; of those from one day the newest last. */
export async function timesOf(db: Db, schoolId: string): Promise<KeptTimes[]> {
  const rows = await db.sessionTimes.findMany({ where: { schoolId }, orderBy: [{ fromDay: 'asc' }, { keptAt: 'asc' }] });
  return rows.map(({ fromDay, morningFrom, morningTo, afternoonFrom, afternoonTo, registerMinutes, reason, byUser, keptAt }) => ({
    ...{ fromDay: dayOf(fromDay), morning: { from: morningFrom, to: morningTo } },
    ...{ afternoon: { from: afternoonFrom, to: afternoonTo }, registerMinutes, reason, byUser, keptAt },
  }));
}

/** Keeps times from a day on, once under an id. What was kept before stays on record. */
export async function keepTimes(
  db: Db,
  schoolId: string,
  { fromDay, morning, afternoon, registerMinutes }: DatedTimes,
  { id, reason, byUser }: { id: string; reason: string; byUser: string },
): Promise<void> {
  await db.sessionTimes.createMany({
    data: {
      ...{ id, schoolId, fromDay: columnOf(fromDay), morningFrom: morning.from, morningTo: morning.to },
      ...{ afternoonFrom: afternoon.from, afternoonTo: afternoon.to, registerMinutes, reason, byUser },
    },
    skipDuplicates: true,
  });
}
