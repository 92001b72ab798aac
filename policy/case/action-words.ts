import type { TemplateId } from '../letters/templates.ts';
import { scriptNamed } from '../pack/call-scripts.ts';
import type { Pack } from '../pack/pack.ts';
import type { TaskKind } from '../pack/step.ts';
import type { Action } from './proposal.ts';

/** The title of each letter, as staff know it. */
export const letterTitles: Record<string, string> = {
  'letter-1': 'Letter 1',
  'letter-2': 'Letter 2: formal monitoring',
  'letter-3': 'Letter 3: attendance plan',
  'unexplained-absence': 'Letter: away without a reason',
  'days-missed': 'Letter: days missed in the last half-term',
  congratulation: 'Congratulation letter',
  'meeting-invitation': 'Invitation to a meeting',
  'referral-notice': 'Notice of referral to the parents',
  'notice-to-improve': 'Notice to improve',
  correction: 'Correction and apology',
};

export const callTitle = (script: string): string => scriptNamed(script)?.title ?? 'Call the family';

/** What a policy asks of a person beside calls, letters and meetings. */
export const taskTitles: Record<TaskKind, string> = {
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

/** The name of a letter: the policy's own, or else ours. */
export const letterCalled = ({ documents }: Pick<Pack, 'documents'>, template: TemplateId): string =>
  documents?.[template]?.called ?? letterTitles[template] ?? template;

/** What a step of a policy asks for, in that policy's own words where it has some. */
export function actionSaid(action: Action, pack: Pick<Pack, 'documents'>): string {
  switch (action.what) {
    case 'letter':
      return letterCalled(pack, action.template);
    case 'letter in question':
      return `Whether “${letterCalled(pack, action.template)}” still goes`;
    case 'call':
      return callTitle(action.script);
    case 'meeting':
      return 'Meeting with the family';
    case 'task':
      return action.says;
    case 'permission':
      return action.whether === undefined ? `Permission: ${action.says}` : `Whether ${action.whether}`;
    case 'referral request':
      return 'Request for a referral to the local authority';
    case 'referral':
      return 'Referral to the local authority';
    case 'review':
      return 'Look before a letter goes';
    case 'missing marks':
      return 'Find the missing marks';
    case 'answer':
      return 'Answer to a question';
  }
}
