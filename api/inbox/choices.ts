import { supportKinds } from '../../policy/case/decision.ts';
import { type Proposal, choices as rulesChoices } from '../../policy/case/proposal.ts';
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

/** What the page has to know beside the proposal: how long a letter can be recalled, the target after a meeting, who can be asked. */
export type Settings = { recallMinutes: number; targetPercent: string | null; colleagues: readonly Role[] };

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
      : choice('approve', approves[action.what] ?? 'Approve', text('note', 'Note (optional)')),
  decline: () => choice('decline', 'Decline, with a reason', text('reason', 'Reason for declining', kept)),
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
  done: ({ action }) => choice('done', dones[action.what] ?? 'It is done', text('record', 'Note (optional)', kept)),
};

const approves: Partial<Record<Proposal['action']['what'], string>> = {
  referral: 'Approve: the authority receives the referral with its evidence',
  'referral request': 'Ask for it: somebody else decides',
  permission: 'Approve: it is put before whoever does it',
};
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
