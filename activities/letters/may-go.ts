import { addressOn, isPlainMailbox, mayWriteTo, type Reach } from '../../policy/letters/may-write.ts';
import { placeOf, standingFor } from '../../policy/people/person.ts';
import type { Db } from '../../prisma/client.ts';
import { type LetterRow, linkOf } from '../../prisma/letters.ts';
import { contactOfChild, sameAs } from '../../prisma/persons.ts';
import { todayAt } from '../../prisma/school-clock.ts';

/**
 * Why this letter may not go to its recipient today, or null. Read afresh before each step: an order may have come in, the
 * family moved, or the address been marked as not safe, since a person approved it. What changed goes back to a person; a new
 * address is never followed.
 */
export async function whyStopped(db: Db, letter: LetterRow, now: number): Promise<string | null> {
  const link = await linkOf(db, letter);
  if (!link) return 'The person is no longer a contact of this pupil';
  const { contact } = link;
  const known = contactOfChild(link, (await sameAs(db, [contact.id])).get(contact.id) ?? []);
  const on = todayAt(letter.case.school, now);
  const answer = mayWriteTo(standingFor(known, on), on);
  if (!answer.may) return answer.because;
  const reach = placeOf(known);
  const { recipient } = letter.fields as { recipient: { address: string[] } };
  if (!reach.addressSafe && recipient.address.length > 0)
    return 'The postal address was marked as not safe since the letter was approved';
  return letter.channel === 'post' ? movedHouse(recipient, contact) : otherMailbox(letter, reach);
}

function otherMailbox({ toAddress }: LetterRow, { email, wish }: Reach): string | null {
  if (email !== toAddress || toAddress === null) return 'The e-mail address changed since the letter was approved';
  if (wish === 'post') return 'The person asks for letters by post since the letter was approved';
  return isPlainMailbox(toAddress) ? null : 'The e-mail address is not one plain mailbox';
}

const movedHouse = (recipient: { address: string[] }, now: Parameters<typeof addressOn>[0]): string | null =>
  addressOn(now).join('\n') === recipient.address.join('\n') ? null : 'The postal address changed since the letter was approved';
