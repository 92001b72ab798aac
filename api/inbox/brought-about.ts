import type { Choice } from '../../policy/case/decision.ts';
import type { Action } from '../../policy/case/proposal.ts';

/** What a decision has brought about, for the person who made it. */
export const broughtAbout = (action: Action, choice: Choice): string =>
  choice === 'approve' ? approved(action) : choice === 'decline' ? declined(action) : said[choice];

function approved(action: Action): string {
  switch (action.what) {
    case 'referral':
      return 'Approved. The local authority has the referral, with its evidence.';
    case 'referral request':
      return `Asked for. It is for the ${action.by} to decide now.`;
    case 'permission':
      return `${action.whether === undefined ? 'Approved' : 'It is so'}. It is for the ${action.by} to do now.`;
    default:
      return 'Approved. A letter waits for its recall window, then goes to each parent by itself.';
  }
}

function declined(action: Action): string {
  if (action.what === 'permission' && action.whether !== undefined) return 'It is not so. What you know is in the record.';
  return `${action.what === 'task' ? 'Not done' : 'Declined'}. Your reason is in the record.`;
}

const said: Record<Exclude<Choice, 'approve' | 'decline'>, string> = {
  hold: 'Held. It comes back on the day you chose.',
  ask: 'Your question was put. The decision waits for the answer.',
  answer: 'Your answer was given.',
  called: 'The call was recorded.',
  met: 'The meeting was recorded.',
  done: 'Done. It is in the record.',
};
