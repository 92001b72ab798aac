import type { Day } from '../../policy/calendar/day.ts';
import type { FieldsOf } from '../../policy/letters/fields.ts';
import type { LetterSummary } from '../../prisma/letter-lists.ts';
import { letterStatus } from '../letters/words.ts';

type Invitation = Pick<
  LetterSummary,
  'template' | 'contactId' | 'fields' | 'status' | 'statusWhy' | 'sentOn' | 'releaseAt' | 'channel'
>;

/**
 * Says of each person whether an invitation to the meeting of this day went to them: nobody has missed a meeting whose invitation was
 * called back. `at` is epoch ms.
 */
export function invitedTo(letters: readonly Invitation[], meetsOn: Day, at: number): (contactId: string) => string {
  const invitations = letters.filter(
    ({ template, fields }) =>
      template === 'meeting-invitation' && (fields as FieldsOf<'meeting-invitation'>).meeting.on === meetsOn,
  );
  return (contactId) => {
    const theirs = invitations.findLast((one) => one.contactId === contactId);
    return theirs ? `Invitation: ${letterStatus(theirs, at)}` : 'No invitation was written to this person';
  };
}
