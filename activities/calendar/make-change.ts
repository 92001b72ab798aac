import { changeWords } from '../../policy/calendar/change-words.ts';
import { Refusal } from '../../policy/refusal.ts';
import { applyChange, changeIn, changeOf, lockCalendar, periodsOf, versionOf } from '../../prisma/calendar.ts';
import type { Db } from '../../prisma/client.ts';
import { newProblems } from './show-change.ts';
import { tellOpenMatters } from './tell-open-matters.ts';

export type Making = { schoolId: string; changeId: string; version: string; by: string | null };

/**
 * Makes a change that was looked at: all of it, or nothing. Open cases and referrals are told in the same transaction, and
 * count their days anew. Asked again it answers as the first time.
 * @returns how many cases and referrals are told
 * @throws Refusal('NotFound') if there is no such change; 'Stale' if the calendar is no longer the one it was shown against.
 */
export const makeChange = (db: Db, { schoolId, changeId, version, by }: Making): Promise<{ told: number }> =>
  db.$transaction(async (tx) => {
    await lockCalendar(tx, schoolId);
    const row = await changeOf(tx, schoolId, changeId);
    if (!row) throw new Refusal('NotFound', 'There is no such change to your school’s calendar');
    if (row.madeAt) return { told: row.told };
    const before = await periodsOf(tx, schoolId);
    const change = changeIn(row);
    if (versionOf(before) !== version || newProblems(before, change).length > 0)
      throw new Refusal('Stale', 'The calendar was changed since this was shown. Look at what it would do now');
    await applyChange(tx, schoolId, change);
    const told = await tellOpenMatters(tx, { schoolId, changeId, by, words: changeWords(before, change) });
    await tx.calendarChange.update({ where: { id: changeId }, data: { madeAt: new Date(), madeBy: by, told } });
    return { told };
  });
