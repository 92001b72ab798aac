import type { Day } from '../calendar/day.ts';

/** How a person stands to a pupil, as far as a letter minds. Dates of a restriction are days or null for open-ended. */
export type Standing = {
  permission: string;
  parentalResponsibility: boolean;
  livesWith: boolean;
  restriction: string | null;
  restrictionFrom: Day | null;
  restrictionUntil: Day | null;
};

export type Answer = { may: true } | { may: false; because: string };

/**
 * Whether a letter about this pupil may go to this person on a day. A court order or no-contact flag goes before
 * everything, and what is unclear stops the letter (Education Act 1996 s576 for who counts as a parent).
 */
export function mayWriteTo(who: Standing, on: Day): Answer {
  if (who.restriction !== null && inForce(who, on))
    return { may: false, because: `A restriction is in force: ${who.restriction}` };
  if (who.permission === 'none') return { may: false, because: 'The school has no permission to contact this person' };
  if (who.permission !== 'full' && who.permission !== 'letters-only')
    return { may: false, because: 'The permission to contact this person is unclear' };
  if (!who.parentalResponsibility && !who.livesWith)
    return { may: false, because: 'This person is an emergency contact, not a parent' };
  return { may: true };
}

/** Whether the school may ring this person about the pupil on a day: as for letters, and not if only letters were agreed. */
export function mayCall(who: Standing, on: Day): Answer {
  const answer = mayWriteTo(who, on);
  if (answer.may && who.permission === 'letters-only')
    return { may: false, because: 'Only letters were agreed with this person' };
  return answer;
}

/** Without a first day a restriction has always been in force; without a last one it still is; crossed dates say nothing. */
function inForce({ restrictionFrom: from, restrictionUntil: until }: Standing, on: Day): boolean {
  if (from !== null && until !== null && until < from) return true;
  return (from === null || from <= on) && (until === null || on <= until);
}

/** One plain mailbox and nothing else: no list, no comment, no quoted part, no line break. Odd addresses have misdelivered mail. */
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
const label = '[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?';
const plainMailbox = new RegExp(`^(?=.{1,64}@)${atom}(?:\\.${atom})*@${label}(?:\\.${label})+$`);

export const isPlainMailbox = (email: string): boolean => email.length <= 254 && plainMailbox.test(email);

/** E-mail where there is a usable address, post where there is none, null where neither can reach the person. */
export function channelFor({ email, address }: { email: string | null; address: readonly string[] }): 'email' | 'post' | null {
  if (email !== null && isPlainMailbox(email)) return 'email';
  return address.some((line) => line.trim() !== '') ? 'post' : null;
}
