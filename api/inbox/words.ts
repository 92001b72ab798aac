import { callTitles, letterTitles, taskTitles } from '../../policy/case/action-words.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import { referralAsks } from '../../policy/referral/action-words.ts';
import type { ReferralProposal } from '../../policy/referral/proposal.ts';

type Asking = Pick<Proposal, 'action'> | Pick<ReferralProposal, 'action'>;

/** What a proposal asks of the person who decides it, in a few words; `parent`, if it is about one parent's notice. */
export const asked = (body: Asking, parent: string | null = null): string => {
  if (whetherIn(body) !== undefined) return `Say w${proposed(body).slice(1)}`;
  return ['letter', 'referral', 'permission'].includes(body.action.what) ? `Approve: ${proposed(body)}` : proposed(body, parent);
};

/** What somebody is to say whether it is so, where a proposal asks that. */
export const whetherIn = ({ action }: Asking): string | undefined =>
  action.what === 'permission' && 'whether' in action ? action.whether : undefined;

/** What is proposed, as a record names it. */
export function proposed({ action }: Asking, parent: string | null = null): string {
  switch (action.what) {
    case 'letter':
      return letterTitles[action.template] ?? action.template;
    case 'letter in question':
      return `Say whether it still goes: ${letterTitles[action.template] ?? action.template}`;
    case 'call':
      return callTitles[action.script] ?? 'Call the family';
    case 'meeting':
      return 'Meet the parents, and record it';
    case 'task':
      return taskTitles[action.task];
    case 'permission':
      return action.whether === undefined ? taskTitles[action.task] : `Whether ${action.whether}`;
    case 'referral request':
      return 'Ask for a referral to the local authority';
    case 'referral':
      return 'Referral to the local authority';
    case 'review':
      return 'Look before a letter goes';
    case 'missing marks':
      return 'Find the missing marks';
    case 'answer':
      return 'Answer a question';
    default:
      return referralAsks(action, parent);
  }
}

/** What to say on the call: three short parts, from the policy's intent. */
export const callScripts: Record<string, readonly string[]> = {
  'how-can-we-help': [
    'Say who you are, and that you are calling to help, not to blame.',
    'Say how many days have been missed, and ask how things are.',
    'Ask what would make it easier to come to school, and offer one thing you can do.',
  ],
  'thank-you': [
    'Say that you have seen attendance improve.',
    'Thank them for their part in it.',
    'Ask if anything else would help to keep it up.',
  ],
  'formal-monitoring': [
    'Say that a letter is on its way, and what formal monitoring means.',
    'Say the target and the dates, and ask what could get in the way.',
    'Offer support, and note what they accept or decline.',
  ],
};
