import type { Db } from './client.ts';

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
