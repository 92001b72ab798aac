import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../prisma/client.ts';
import { Prisma } from '../../prisma/generated/client.ts';

/** Until when everything that was delivered is known to have been taken, by school. Nothing that was taken comes back. */
type Taken = Map<string, Date>;

/**
 * Waits until a school's outbox is empty, everything told is taken, and no letter is on its way. One that is asked about in
 * the print queue is not: its case itself held it there. What was found taken by an earlier wait is not asked about again; `beat`
 * is told at each look.
 */
export function quietSchools(db: Db): (schoolId: string, beat: (looked: number) => void) => Promise<void> {
  const taken: Taken = new Map();
  return async (schoolId, beat) => {
    const since = taken.get(schoolId) ?? (await oldestUntaken(db, schoolId));
    for (let looked = 0; ; looked++) {
      beat(looked);
      const { busy, at } = await look(db, schoolId, since);
      if (!busy) return void taken.set(schoolId, at);
      await pause(Math.min(250, 20 * (looked + 1)));
    }
  };
}

/** Rows are stamped by the clock of whoever delivers them, which may be another machine's. */
const byOtherClocks = '1 minute';

/** The instant before which everything that was delivered is taken. What is delivered later is looked at each time. */
async function oldestUntaken(db: Db, schoolId: string): Promise<Date> {
  const [row] = await db.$queryRaw<{ since: Date }[]>`
    SELECT coalesce(min(o.delivered_at), now()) - ${byOtherClocks}::interval AS since FROM outbox AS o
    WHERE o.school_id = ${schoolId} AND o.delivered_at IS NOT NULL AND ${untaken}`;
  return row?.since ?? new Date(0);
}

/** Letters, reminders and pupils who are looked at are taken by no matter. */
const untaken = Prisma.sql`o.matter_kind NOT IN ('letter', 'reminder', 'pupil')
  AND NOT EXISTS (SELECT FROM matter_input AS t WHERE t.matter_id = o.matter_id AND t.key = o.input->>'key')`;

async function look(db: Db, schoolId: string, since: Date): Promise<{ busy: boolean; at: Date }> {
  const [seen] = await db.$queryRaw<{ busy: boolean; at: Date }[]>`
    SELECT now() - ${byOtherClocks}::interval AS at,
      EXISTS (SELECT FROM outbox AS o WHERE o.school_id = ${schoolId} AND o.delivered_at IS NULL)
      OR EXISTS (SELECT FROM outbox AS o WHERE o.school_id = ${schoolId} AND o.delivered_at >= ${since} AND ${untaken})
      OR EXISTS (SELECT FROM letter AS l WHERE l.school_id = ${schoolId} AND NOT (l.status = 'questioned' AND l.channel = 'post')
        AND NOT EXISTS (SELECT FROM matter_input AS t WHERE t.matter_id = l.matter_id AND t.key = 'letter:' || l.id || ':' || l.status)
        AND EXISTS (SELECT FROM outbox AS o WHERE o.matter_id = l.id AND o.matter_kind = 'letter')) AS busy`;
  return seen ?? { busy: true, at: since };
}
