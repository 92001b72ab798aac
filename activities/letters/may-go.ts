import { whyNotNow } from '../../policy/letters/may-go.ts';
import type { Db } from '../../prisma/client.ts';
import { approvedAs, type LetterRow } from '../../prisma/letters.ts';
import { readerOf } from '../../prisma/persons.ts';
import { noticesFallen } from '../../prisma/referrals.ts';
import { todayAt } from '../../prisma/school-clock.ts';

/**
 * Why this letter may not go to its recipient today, or null. Read afresh before each step: an order may have come in, the
 * family moved, or the address been marked as not safe, since a person approved it.
 */
export const whyStopped = async (db: Db, letter: LetterRow, now: number): Promise<string | null> =>
  whyNotNow(approvedAs(letter), await readerOf(db, letter), todayAt(letter.case.school, now)) ??
  (await noticesFallen(db, [letter])).get(letter.id) ??
  null;
