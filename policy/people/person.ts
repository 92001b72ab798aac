import type { Day } from '../calendar/day.ts';
import { type Channel, mayWriteTo, postable, type Reach, restricted, type Standing, wayTo } from '../letters/may-write.ts';
import { folded, isOwnNumber } from './own-number.ts';

/** What a contact's row says of where a person is, or what another row of the same person says. */
export type Place = {
  email: string | null;
  address: readonly string[];
  postcode: string | null;
  addressSafe: boolean;
  channel: string | null;
};

const house = ({ address, postcode }: Place): string => folded([...address, postcode ?? ''].join(' ')).replaceAll(/[\s,.]/g, '');

/**
 * Where a person can be reached by the row of one child. An address that is not safe by another row of the same person is not
 * safe here either, and the wish for a channel that only the other row knows holds.
 */
export const reachOf = (own: Place, others: readonly Place[]): Reach => ({
  ...{ email: own.email, address: own.address },
  addressSafe: own.addressSafe && others.every((other) => other.addressSafe || house(other) !== house(own)),
  wish: own.channel ?? others.find(({ channel }) => channel !== null)?.channel ?? null,
});

/**
 * The row by which a person stands to a child on a day. A restriction in any of them counts: one person cannot be kept from a
 * child by one name and written to by another.
 */
export const standingFor = ({ standing, same }: ContactOfChild, on: Day): Standing =>
  [standing, ...same.flatMap((one) => one.standing ?? [])].find((one) => restricted(one, on)) ?? standing;

/** A contact of a child, and the other contacts of any child that are the same person. */
export type ContactOfChild = {
  contactId: string;
  contactNo: string;
  priority: number;
  standing: Standing;
  place: Place;
  same: readonly { contactId: string; place: Place; standing: Standing | null }[];
};

export type Written = {
  contactId: string;
  may: boolean;
  because: string | null;
  /** What the court order or no-contact flag says that stands in the way: for those alone who read orders. */
  order: string | null;
  channel: Channel | null;
  /** A letter could go by post, though e-mail comes first. */
  postable: boolean;
};

/**
 * Who of a child's contacts is written to on a day, and by which way: one letter a person. Of two contacts of the child that
 * are one person it is the one with the school's own number, then the first in order.
 */
export function writtenTo(contacts: readonly ContactOfChild[], on: Day): Written[] {
  const answers = new Map(contacts.map((contact) => [contact.contactId, answerFor(contact, on)]));
  const inOrder = contacts.toSorted(
    (a, b) =>
      Number(isOwnNumber(a.contactNo)) - Number(isOwnNumber(b.contactNo)) ||
      a.priority - b.priority ||
      (a.contactId < b.contactId ? -1 : 1),
  );
  return contacts.map((contact) => {
    const answer = answers.get(contact.contactId) as Written;
    const rows = new Set([contact.contactId, ...contact.same.map(({ contactId }) => contactId)]);
    const first = inOrder.find(({ contactId }) => rows.has(contactId) && answers.get(contactId)?.may);
    return !answer.may || first === contact ? answer : { ...answer, may: false, because: twice, order: null };
  });
}

/** Where the person of a contact can be reached, by all the person's rows. */
export const placeOf = ({ place, same }: ContactOfChild): Reach =>
  reachOf(
    place,
    same.map((one) => one.place),
  );

const twice = 'The same person is written to as another contact of this child';

function answerFor(contact: ContactOfChild, on: Day): Written {
  const { contactId } = contact;
  const answer = mayWriteTo(standingFor(contact, on), on);
  const place = placeOf(contact);
  const way = wayTo(place);
  const why = answer.may ? { because: way.because, order: null } : { because: answer.because, order: answer.order };
  return { contactId, may: answer.may && way.channel !== null, ...why, channel: way.channel, postable: postable(place) };
}
