import type { Day } from '../../policy/calendar/day.ts';
import type { FieldsOf } from '../../policy/letters/fields.ts';
import { dayOf } from '../../prisma/day-column.ts';
import type { LetterSummary } from '../../prisma/letter-lists.ts';
import { letterStatus } from '../letters/words.ts';

type Invitation = Pick<
  LetterSummary,
  'template' | 'contactId' | 'fields' | 'approvedOn' | 'status' | 'statusWhy' | 'sentOn' | 'releaseAt' | 'channel'
>;

/**
 * Says of each person whether an invitation to the meeting of a stage went to them, one written since it began or for the meeting's day:
 * nobody has missed a meeting whose invitation was called back. Null if nobody was written to. `at` is epoch ms.
 */
export function invitedTo(
  letters: readonly Invitation[],
  { since, meetsOn }: { since: Day; meetsOn: Day },
  at: number,
): ((contactId: string) => string) | null {
  const invitations = letters.filter(
    ({ template, fields, approvedOn }) =>
      template === 'meeting-invitation' &&
      (dayOf(approvedOn) >= since || (fields as FieldsOf<'meeting-invitation'>).meeting.on === meetsOn),
  );
  if (invitations.length === 0) return null;
  return (contactId) => {
    const theirs = invitations.findLast((one) => one.contactId === contactId);
    return theirs ? `Invitation: ${letterStatus(theirs, at)}` : 'No invitation was written to this person';
  };
}
