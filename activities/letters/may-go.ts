import { isPlainMailbox, mayWriteTo } from '../../policy/letters/may-write.ts';
import type { Db } from '../../prisma/client.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import { type LetterRow, linkOf } from '../../prisma/letters.ts';
import { todayAt } from '../../prisma/school-clock.ts';

/**
 * Why this letter may not go to its recipient today, or null. Read afresh before each step: an order may have come in, or
 * the family moved, since a person approved it. What moved goes back to a person; a new address is never followed.
 */
export async function whyStopped(db: Db, letter: LetterRow, now: number): Promise<string | null> {
  const link = await linkOf(db, letter);
  if (!link) return 'The person is no longer a contact of this pupil';
  const { contact, restrictionFrom, restrictionUntil } = link;
  const standing = { ...link, restrictionFrom: dayOrNull(restrictionFrom), restrictionUntil: dayOrNull(restrictionUntil) };
  const answer = mayWriteTo(standing, todayAt(letter.case.school, now));
  if (!answer.may) return answer.because;
  return letter.channel === 'post' ? movedHouse(letter, contact) : otherMailbox(letter, contact);
}

function otherMailbox({ toAddress }: LetterRow, { email }: { email: string | null }): string | null {
  if (email !== toAddress || toAddress === null) return 'The e-mail address changed since the letter was approved';
  return isPlainMailbox(toAddress) ? null : 'The e-mail address is not one plain mailbox';
}

function movedHouse({ fields }: LetterRow, { address, postcode }: { address: string[]; postcode: string | null }): string | null {
  const { recipient } = fields as { recipient: { address: string[] } };
  const now = [...address, ...(postcode ? [postcode] : [])];
  return now.join('\n') === recipient.address.join('\n') ? null : 'The postal address changed since the letter was approved';
}
