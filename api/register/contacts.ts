import type { Day } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { mayCall, mayWriteTo } from '../../policy/letters/may-write.ts';
import { dayOrNull } from '../../prisma/day-column.ts';
import type { pupilFor } from '../../prisma/pupils.ts';

type Link = NonNullable<Awaited<ReturnType<typeof pupilFor>>>['contacts'][number];

const languages = new Intl.DisplayNames(['en-GB'], { type: 'language' });

/** Everyone the school knows for a pupil, how to reach them, and why somebody is not to be written to or rung. */
export function contactsOf(links: readonly Link[], today: Day) {
  return links.map(({ contact, relationship, ...link }) => {
    const standing = {
      ...link,
      restrictionFrom: dayOrNull(link.restrictionFrom),
      restrictionUntil: dayOrNull(link.restrictionUntil),
    };
    const [write, call] = [mayWriteTo(standing, today), mayCall(standing, today)];
    return {
      name: contact.fullName,
      how: [
        capital(relationship),
        ...(link.parentalResponsibility ? ['parental responsibility'] : []),
        ...(link.livesWith ? ['the child lives there'] : []),
        ...(contact.language === 'en' ? [] : [`reads ${languages.of(contact.language) ?? contact.language} best`]),
      ].join(', '),
      address: [...contact.address, ...(contact.postcode ? [contact.postcode] : [])].join(', '),
      phone: contact.phone,
      letters: write.may ? (contact.email ? 'By e-mail' : 'By post') : null,
      notWrite: write.may ? null : write.because,
      notCall: call.may ? null : call.because,
    };
  });
}
