import type { Proposal } from '../../policy/case/proposal.ts';
import type { TaskKind } from '../../policy/pack/step.ts';
import type { ReferralProposal } from '../../policy/referral/proposal.ts';
import { referralAsks } from '../referrals/words.ts';

/** The title of each letter, as staff know it. */
export const letterTitles: Record<string, string> = {
  'letter-1': 'Letter 1',
  'letter-2': 'Letter 2: formal monitoring',
  'letter-3': 'Letter 3: attendance plan',
  congratulation: 'Congratulation letter',
  'meeting-invitation': 'Invitation to a meeting',
  'referral-notice': 'Notice of referral to the parents',
  'notice-to-improve': 'Notice to improve',
  correction: 'Correction and apology',
};

const scripts: Record<string, string> = {
  'how-can-we-help': 'Call the family: how can we help?',
  'thank-you': 'Call to say thank you',
  'formal-monitoring': 'Call about the formal monitoring',
};

/** What a policy asks of a person beside calls, letters and meetings. */
const taskTitles: Record<TaskKind, string> = {
  contact: 'Contact the family',
  'home visit': 'Home visit',
  'welfare check': 'Welfare check',
  'check-in': 'Check in with the pupil',
  'support plan': 'Support plan',
  'attendance plan': 'Attendance plan',
  'attendance contract': 'Attendance contract',
  'early help': 'Early help assessment',
  adjustments: 'Reasonable adjustments',
  'part-time timetable': 'Part-time timetable',
  'catch-up work': 'Catch-up work',
  'evidence request': 'Ask for evidence',
  panel: 'Attendance panel',
  tell: 'Tell a colleague or a service',
  'notify authority': 'Tell the local authority',
  'missing education referral': 'Referral: missing education',
  'social care referral': 'Referral to social care',
  'penalty notice request': 'Ask the authority for a penalty notice',
  enquiry: 'Find out where the pupil is',
  praise: 'Say well done',
  review: 'Look at the case',
};

type Asking = Pick<Proposal, 'action'> | Pick<ReferralProposal, 'action'>;

/** What a proposal asks of the person who decides it, in a few words. */
export const asked = (body: Asking): string =>
  ['letter', 'referral', 'permission'].includes(body.action.what) ? `Approve: ${proposed(body)}` : proposed(body);

/** What is proposed, as a record names it. */
export function proposed({ action }: Asking): string {
  switch (action.what) {
    case 'letter':
      return letterTitles[action.template] ?? action.template;
    case 'letter in question':
      return `Say whether it still goes: ${letterTitles[action.template] ?? action.template}`;
    case 'call':
      return scripts[action.script] ?? 'Call the family';
    case 'meeting':
      return 'Meet the parents, and record it';
    case 'task':
    case 'permission':
      return taskTitles[action.task];
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
      return referralAsks(action);
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
