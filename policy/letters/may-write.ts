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

/** `order` is what the court order or no-contact flag says that stands in the way: for those alone who read orders. */
export type Answer = { may: true } | { may: false; because: string; order: string | null };

/** Why not, where a court order or a no-contact flag stands in the way. It is in many hands: what the order says is not in it. */
const inForceNow = 'A restriction is in force';

/** Why somebody gets no letter who expects none. */
export const emergencyContact = 'This person is an emergency contact, not a parent';

/**
 * Whether a letter about this pupil may go to this person on a day. A court order or no-contact flag goes before
 * everything, and what is unclear stops the letter (Education Act 1996 s576 for who counts as a parent).
 */
export function mayWriteTo(who: Standing, on: Day): Answer {
  if (restricted(who, on)) return { may: false, because: inForceNow, order: who.restriction };
  if (who.permission === 'none') return no('The school has no permission to contact this person');
  if (who.permission !== 'full' && who.permission !== 'letters-only')
    return no('The permission to contact this person is unclear');
  if (!who.parentalResponsibility && !who.livesWith) return no(emergencyContact);
  return { may: true };
}

/** Whether the school may ring this person about the pupil on a day: as for letters, and not if only letters were agreed. */
export function mayCall(who: Standing, on: Day): Answer {
  const answer = mayWriteTo(who, on);
  if (answer.may && who.permission === 'letters-only') return no('Only letters were agreed with this person');
  return answer;
}

const no = (because: string): Answer => ({ may: false, because, order: null });

/** Whether a court order or a no-contact flag is in force on a day. */
export const restricted = (who: Standing, on: Day): boolean => who.restriction !== null && inForce(who, on);

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

/** Where a person can be reached, and what is known of it. `wish` is how the person wants letters; null if nobody knows. */
export type Reach = { email: string | null; address: readonly string[]; addressSafe: boolean; wish: string | null };

export type Channel = 'email' | 'post';
export type Way = { channel: Channel; because: null } | { channel: null; because: string };

const by = (channel: Channel): Way => ({ channel, because: null });

/**
 * How a letter goes: by e-mail where there is a usable address, or else by post. Nothing goes to a postal address that is not
 * safe, and nothing by e-mail to a person who wants post. Where that leaves no way there is none, and a person is asked.
 */
export function wayTo({ email, address, addressSafe, wish }: Reach): Way {
  const mailbox = email !== null && isPlainMailbox(email);
  const house = address.some((line) => line.trim() !== '');
  if (mailbox && wish !== 'post') return by('email');
  if (postable({ email, address, addressSafe, wish })) return by('post');
  if (house) return { channel: null, because: `The postal address is marked as not safe, ${mailbox ? asksForPost : noMailbox}` };
  return {
    channel: null,
    because: mailbox
      ? 'The person asks for post, and there is no postal address'
      : 'There is neither an e-mail nor a postal address',
  };
}

/**
 * How a letter of a kind goes that is to go by these ways, the first that is open; whoever can be reached by none of them gets it
 * as any other letter. Null where there is no way at all.
 */
export const wayOf = (
  { channel, postable: byPost }: { channel: Channel | null; postable?: boolean | undefined },
  ways: readonly Channel[] = [],
): Channel | null => ways.find((way) => way === channel || (way === 'post' && byPost)) ?? channel;

/** True if a letter could go by post, whichever way is taken first. */
export const postable = ({ address, addressSafe }: Reach): boolean => addressSafe && address.some((line) => line.trim() !== '');

const asksForPost = 'and the person asks for post';
const noMailbox = 'and there is no e-mail address';

/** The lines of a postal address that a letter may bear: none of one that is not safe, by whatever way it goes. */
export const addressOn = ({
  address,
  postcode,
  addressSafe,
}: {
  address: readonly string[];
  postcode: string | null;
  addressSafe: boolean;
}): string[] => (addressSafe ? [...address, ...(postcode ? [postcode] : [])] : []);
