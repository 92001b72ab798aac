import type { Day } from '../calendar/day.ts';
import { type ContactOfChild, placeOf, standingFor } from '../people/person.ts';
import { isPlainMailbox, mayWriteTo, type Reach } from './may-write.ts';

/** A letter that was approved: which way, to which mailbox, and the address that it bears. */
export type Approved = { channel: string; toAddress: string | null; address: readonly string[] };

/**
 * Why an approved letter may not go to its reader on a day, or null. `reader` is what the school knows now; null if the person
 * is no contact of the pupil any more. What changed goes back to a person: a new address is never followed.
 */
export function whyNotNow(letter: Approved, reader: ContactOfChild | null, on: Day): string | null {
  if (!reader) return 'The person is no longer a contact of this pupil';
  const answer = mayWriteTo(standingFor(reader, on), on);
  if (!answer.may) return answer.because;
  const reach = placeOf(reader);
  if (!reach.addressSafe && letter.address.length > 0)
    return 'The postal address was marked as not safe since the letter was approved';
  if (letter.channel !== 'post') return otherMailbox(letter, reach);
  const { address, postcode } = reader.place;
  const now = [...address, ...(postcode ? [postcode] : [])];
  return now.join('\n') === letter.address.join('\n') ? null : 'The postal address changed since the letter was approved';
}

function otherMailbox({ toAddress }: Approved, { email, wish }: Reach): string | null {
  if (email !== toAddress || toAddress === null) return 'The e-mail address changed since the letter was approved';
  if (wish === 'post') return 'The person asks for letters by post since the letter was approved';
  return isPlainMailbox(toAddress) ? null : 'The e-mail address is not one plain mailbox';
}
