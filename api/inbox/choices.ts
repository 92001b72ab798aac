import { supportKinds } from '../../policy/case/decision.ts';
import { comesBack, type Proposal, choices as rulesChoices } from '../../policy/case/proposal.ts';
import { counted } from '../../policy/counted.ts';
import { type Role, roleTitles, schoolRoles } from '../../policy/people/roles.ts';
import {
  type Choice,
  choice,
  date,
  type Field,
  type FieldGroup,
  options,
  radios,
  select,
  short,
  text,
  time,
} from '../layout/fields.ts';

/**
 * What the page has to know beside the proposal: how long a letter can be recalled, after how many school days a step is asked
 * about again, the target after a meeting, who can be asked.
 */
export type Settings = {
  recallMinutes: number;
  askAgainAfter: number;
  targetPercent: string | null;
  colleagues: readonly Role[];
};

/** What the form offers for a proposal: each thing a person may say to it, with the fields that this needs. */
export const choicesFor = (proposal: Proposal, settings: Settings): Choice[] =>
  rulesChoices[proposal.action.what].map((said) => offers[said](proposal, settings));

const offers: Record<(typeof rulesChoices)[keyof typeof rulesChoices][number], (of: Proposal, settings: Settings) => Choice> = {
  approve: ({ action }, { recallMinutes }) =>
    action.what === 'letter'
      ? choice(
          'approve',
          `Approve: the letter waits ${counted(recallMinutes, 'minute')}, can be recalled until then, and then goes`,
          ...(action.template === 'meeting-invitation' ? meetingFields : []),
          text(
            'note',
            'Add a paragraph (optional)',
            'Up to 600 characters, in every parent’s letter. Nothing about another person.',
          ),
        )
      : choice('approve', approval(action), text('note', 'Note (optional)', notes[action.what] ?? kept)),
  decline: (proposal, settings) =>
    choice(
      'decline',
      declines[proposal.action.what] ?? 'Decline, with a reason',
      text('reason', 'Reason', `${kept}${again(proposal, settings)}`),
    ),
  hold: () =>
    choice('hold', 'Hold until a day, with a reason', date('until', 'Until'), text('holdReason', 'Reason for holding', kept)),
  ask: ({ role }, { colleagues }) =>
    choice(
      'ask',
      'Ask a colleague first',
      select('of', 'Whom', [
        { value: '', text: 'Choose' },
        ...schoolRoles
          .filter((one) => one !== role && colleagues.includes(one))
          .map((one) => ({ value: one, text: roleTitles[one] })),
      ]),
      text('question', 'Your question'),
    ),
  answer: () => choice('answer', 'Answer', text('record', 'Your answer', kept)),
  called: () =>
    choice(
      'called',
      'Record the call',
      radios('reached', 'Did you speak to the family?', options({ yes: 'Yes', no: 'No answer' })),
      supportOffered,
      text('record', 'Note', `What was said and agreed. ${kept}`),
    ),
  met: (_, { targetPercent }) =>
    choice(
      'met',
      'Record the meeting',
      select(
        'happened',
        'What came of it',
        options({ '': 'Choose', held: 'It was held', refused: 'The parents refused', 'not attended': 'Nobody came' }),
      ),
      date('metOn', 'On which day'),
      short(
        'target',
        'Target agreed, in percent',
        targetPercent === null ? '' : `Attendance in the time that follows. The policy asks for ${targetPercent}.`,
      ),
      supportOffered,
      text('record', 'Note', `What was said and agreed. ${kept}`),
    ),
  done: ({ action }) =>
    choice(
      'done',
      dones[action.what] ?? 'It is done',
      text('record', 'Note (optional)', action.what === 'task' ? `What was done, and what came of it. ${kept}` : kept),
    ),
};

/** What an approval brings about, and whom it goes to then, by the policy's own name. */
function approval(action: Proposal['action']): string {
  switch (action.what) {
    case 'referral':
      return 'Approve: the authority receives the referral with its evidence';
    case 'referral request':
      return `Ask for it: then it is for the ${action.by} to decide`;
    case 'permission':
      return `Approve: then it is for the ${action.by} to do`;
    default:
      return 'Approve';
  }
}
const notes: Partial<Record<Proposal['action']['what'], string>> = {
  referral: 'The authority reads it with the referral: what was completed, if it was returned. It is kept in the record.',
};
const declines: Partial<Record<Proposal['action']['what'], string>> = {
  task: 'It is not done, with a reason',
  review: 'No letter now, with a reason',
};
const again = (proposal: Proposal, { askAgainAfter }: Settings): string =>
  comesBack(proposal)
    ? ` It is asked about again after ${counted(askAgainAfter, 'school day')}, if its ground still stands.`
    : '';
const dones: Partial<Record<Proposal['action']['what'], string>> = {
  review: 'Nothing stands against it: go on',
  'missing marks': 'The marks are complete',
};
const kept = 'It is kept in the record.';
const meetingFields: Field[] = [date('meetingOn', 'Day of the meeting'), time('meetingAt', 'Time of the meeting')];

const supportOffered: FieldGroup = {
  kind: 'group',
  label: 'Support offered',
  fields: options(supportKinds).map(({ value, text: words }) =>
    select(`offer-${value}`, words, options({ '': 'Not offered', accepted: 'Accepted', declined: 'Declined' })),
  ),
};
