import type { Day } from '../policy/calendar/day.ts';
import type { Db, Tx } from './client.ts';
import { ask } from './pg-client.ts';

type Reminding = { schoolId: string; kind: string; on: Day; at: string };

/** Makes those of these reminders that are not made yet. @returns their ids. */
export async function makeReminders(
  tx: Tx,
  { schoolId, kind, on, at }: Reminding,
  reminders: readonly { id: string; userId: string }[],
): Promise<string[]> {
  if (reminders.length === 0) return [];
  const [ids, users] = [reminders.map(({ id }) => id), reminders.map(({ userId }) => userId)];
  const made = await ask(tx)<{ id: string }>`
    INSERT INTO staff_reminder (id, user_id, school_id, kind, on_day, at_time)
    SELECT id, user_id, ${schoolId}, ${kind}, ${on}::date, ${at} FROM unnest(${ids}::uuid[], ${users}::text[]) AS given (id, user_id)
    ON CONFLICT DO NOTHING RETURNING id`;
  return made.map(({ id }) => id);
}

/** Claims a reminder that still waits, with whom it is for. Null if it was sent, or tried, before. */
export const claimReminder = (db: Db, id: string) =>
  db.$transaction(async (tx) => {
    const { count } = await tx.staffReminder.updateMany({ where: { id, status: 'waiting' }, data: { status: 'sending' } });
    if (count === 0) return null;
    const reminder = await tx.staffReminder.findUniqueOrThrow({ where: { id }, include: { user: true } });
    const school = await tx.school.findUniqueOrThrow({ where: { id: reminder.schoolId } });
    return { ...reminder, school };
  });
export type ClaimedReminder = NonNullable<Awaited<ReturnType<typeof claimReminder>>>;

/** Writes down how a reminder ended; 'waiting' lets it be tried again. */
export const endReminder = (db: Db, id: string, status: string, statusWhy: string, at: Date) =>
  db.staffReminder.update({ where: { id }, data: { status, statusWhy, ...(status === 'sent' ? { sentAt: at } : {}) } });
