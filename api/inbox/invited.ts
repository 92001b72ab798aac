import type { Day } from '../../policy/calendar/day.ts';
import { dayOf } from '../../prisma/day-column.ts';
import type { LetterSummary } from '../../prisma/letter-lists.ts';
import { letterStatus } from '../letters/words.ts';

type Invitation = Pick<
  LetterSummary,
  'template' | 'contactId' | 'approvedOn' | 'status' | 'statusWhy' | 'sentOn' | 'releaseAt' | 'channel'
>;

/**
 * Says of each person whether an invitation to the meeting of the stage that began on a day went to them: nobody has missed a meeting
 * whose invitation was called back. `at` is epoch ms.
 */
export function invitedIn(letters: readonly Invitation[], since: Day, at: number): (contactId: string) => string {
  const invitations = letters.filter(
    ({ template, approvedOn }) => template === 'meeting-invitation' && dayOf(approvedOn) >= since,
  );
  return (contactId) => {
    const theirs = invitations.findLast((one) => one.contactId === contactId);
    return theirs ? `Invitation: ${letterStatus(theirs, at)}` : 'No invitation was written to this person';
  };
}
