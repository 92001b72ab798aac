import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { mayCall } from '../../policy/letters/may-write.ts';
import { type ContactOfChild, placeOf, standingFor, writtenTo } from '../../policy/people/person.ts';
import type { Role } from '../../policy/people/roles.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import type { Contact, PupilContact } from '../../prisma/generated/client.ts';
import { contactOfChild, type SameAs } from '../../prisma/persons.ts';
import { whyTo } from './reach.ts';

type Link = PupilContact & { contact: Contact };
type Child = { id: string; chosenName: string; className: string; cases: readonly { id: string }[] };
type Of = {
  contacts: readonly Link[];
  same: ReadonlyMap<string, readonly SameAs[]>;
  otherChildren?: ReadonlyMap<string, readonly Child[]>;
};

const languages = new Intl.DisplayNames(['en-GB'], { type: 'language' });
const letterBy = { email: 'By e-mail', post: 'By post' };

/** Everyone the school knows for a pupil, how to reach them, and why somebody is not to be written to or rung, as the reader is told. */
export function contactsOf({ contacts: links, same, otherChildren }: Of, today: Day, reader: Role) {
  const contacts = links.map((link) => contactOfChild(link, same.get(link.contactId) ?? []));
  const written = writtenTo(contacts, today);
  return links.map((link, i) => {
    const { contact, relationship } = link;
    const of = contacts[i] as ContactOfChild;
    const call = mayCall(standingFor(of, today), today);
    const { addressSafe, wish } = placeOf(of);
    return {
      name: contact.fullName,
      how: [
        capital(relationship),
        ...(link.parentalResponsibility ? ['parental responsibility'] : []),
        ...(link.livesWith ? ['the child lives there'] : []),
        ...(contact.language === 'en' ? [] : [`reads ${languages.of(contact.language) ?? contact.language} best`]),
        ...(wish === null ? [] : [`asks for letters by ${wish === 'post' ? 'post' : 'e-mail'}`]),
      ].join(', '),
      others: (otherChildren?.get(contact.id) ?? []).map((child) => ({
        href: `/register/${child.id}`,
        name: `${child.chosenName}, ${child.className}`,
        caseHref: child.cases[0] ? `/cases/${child.cases[0].id}` : null,
      })),
      restriction: restrictionWords(link, today),
      address: [...contact.address, ...(contact.postcode ? [contact.postcode] : [])].join(', '),
      addressSafe,
      phone: contact.phone,
      letters: written[i]?.may ? letterBy[written[i].channel ?? 'post'] : null,
      notWrite: written[i] ? whyTo(reader, written[i]) : null,
      notCall: call.may ? null : whyTo(reader, call),
    };
  });
}

/** A restriction with all that is known of it: its days, its document, who has read it and who looks at it again. */
function restrictionWords({ restriction, ...link }: Link, today: Day): string | null {
  if (restriction === null) return null;
  const [from, until, review] = [link.restrictionFrom, link.restrictionUntil, link.restrictionReview].map((day) =>
    dayOrNull(day),
  );
  return [
    restriction,
    ...(from ? [`from ${shortDay(from)}`] : []),
    until ? `until ${shortDay(until)}` : 'without an end',
    ...(link.restrictionDocument ? [link.restrictionDocument] : []),
    ...(link.restrictionReadBy ? [`read by ${link.restrictionReadBy}`] : []),
    ...(review
      ? [`${review < today ? 'was ' : ''}to be looked at again on ${shortDay(review)}${by(link.restrictionReviewer)}`]
      : []),
    ...(!review && link.restrictionReviewer ? [`reviewed by ${link.restrictionReviewer}`] : []),
  ].join('; ');
}

const by = (who: string | null): string => (who === null ? '' : ` by ${who}`);
