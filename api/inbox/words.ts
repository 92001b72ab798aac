import { callTitle, letterTitles, taskTitles } from '../../policy/case/action-words.ts';
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
      return callTitle(action.script);
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
