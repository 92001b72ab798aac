import type { ReferralOutcome } from '../case/input.ts';
import type { ReferralEvent } from './event.ts';

/** What an event of the authority's side tells the school's case; null for what is no outcome. */
export function outcomeFor(event: ReferralEvent): ReferralOutcome | null {
  switch (event.type) {
    case 'accepted':
      return { what: 'accepted' };
    case 'returned':
      return { what: 'returned', missing: event.missing, textId: event.textId };
    case 'tool decided':
      return { what: 'tool decided', tool: event.tool };
    case 'contract agreed':
      return { what: 'contract agreed', until: event.until };
    case 'contract not agreed':
      return { what: 'contract not agreed', why: event.why };
    case 'contract reviewed':
      return { what: 'contract reviewed', met: event.met };
    case 'notice to improve issued':
      return { what: 'notice to improve', until: event.until };
    case 'notice to improve fell':
      return { what: 'notice to improve fell' };
    case 'notice to improve judged':
      return { what: 'notice to improve judged', improved: event.improved };
    case 'penalty notice issued':
      return { what: 'penalty notice', contactId: event.contactId };
    case 'penalty notice paid':
      return { what: 'paid', contactId: event.contactId };
    case 'penalty notice unpaid':
      return { what: 'unpaid', contactId: event.contactId };
    case 'penalty notice withdrawn':
      return { what: 'withdrawn', contactId: event.contactId };
    case 'penalty notice prosecuted':
      return { what: 'prosecuted', contactId: event.contactId };
    case 'proceedings recorded':
      return { what: 'proceedings ended', result: event.result };
    case 'closed':
      return event.how === 'returned' ? null : { what: 'ended', how: event.how };
    default:
      return null;
  }
}
