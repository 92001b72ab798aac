import { supportKinds } from '../../policy/case/decision.ts';
import { comesBack, type Proposal, choices as rulesChoices } from '../../policy/case/proposal.ts';
import { counted } from '../../policy/counted.ts';
import { evidenceKinds, stated } from '../../policy/pack/evidence-needed.ts';
import { type Role, roleTitles, schoolRoles } from '../../policy/people/roles.ts';
import {
  type Choice,
  checks,
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
import type { MeetingBeside } from './together.ts';
import { whetherIn } from './words.ts';

/**
 * What the page has to know beside the proposal: how long a letter can be recalled, after how many school days a step is asked
 * about again, the target after a meeting, that of a time which runs, and whether one is looked at, who can be asked.
 */
export type Settings = {
  recallMinutes: number;
  askAgainAfter: number;
  targetPercent: string | null;
  targetRuns: string | null;
  targetCounts: boolean;
  colleagues: readonly Role[];
  /** Meetings of brothers and sisters that can be held as one with this. */
  beside: readonly MeetingBeside[];
  /** What is said of a meeting to which the parents of a brother or sister are asked already. */
  arranged: string | null;
};

/** What the form offers for a proposal: each thing a person may say to it, with the fields that this needs. */
export const choicesFor = (proposal: Proposal, settings: Settings): Choice[] =>
  rulesChoices[proposal.action.what].map((said) => offers[said](proposal, settings));

const offers: Record<(typeof rulesChoices)[keyof typeof rulesChoices][number], (of: Proposal, settings: Settings) => Choice> = {
  approve: ({ action }, { recallMinutes, arranged }) =>
    action.what === 'letter'
      ? choice(
          'approve',
          `Approve: the letter waits ${counted(recallMinutes, 'minute')}, can be recalled until then, and then goes`,
          ...(action.template === 'meeting-invitation' ? meetingFields(arranged) : []),
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
      whetherIn(proposal) === undefined ? (declines[proposal.action.what] ?? 'Decline, with a reason') : 'No, with what you know',
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
  met: (_, { targetPercent, targetRuns, targetCounts, beside }) =>
    choice(
      'met',
      'Record the meeting',
      select(
        'happened',
        'What came of it',
        options({ '': 'Choose', held: 'It was held', refused: 'The parents refused', 'not attended': 'Nobody came' }),
      ),
      date('metOn', 'On which day'),
      ...(targetCounts ? [short('target', 'Target agreed, in percent', targetHint(targetPercent, targetRuns))] : []),
      supportOffered,
      text('record', 'Note', `What was said and agreed. ${kept}`),
      ...beside.map(alsoFor),
    ),
  done: ({ action }) =>
    choice(
      'done',
      dones[action.what] ?? 'It is done',
      ...hasFields(action),
      text(
        'record',
        needsNote(action) ? 'Note' : 'Note (optional)',
        action.what === 'task' ? `What was done, and what came of it. ${kept}` : kept,
      ),
    ),
};

/** What the policy wants to be there when a task is done. */
function hasFields(action: Proposal['action']): Field[] {
  const needs = action.what === 'task' ? stated(action.needs) : [];
  if (needs.length === 0) return [];
  return [
    checks(
      'has',
      'What has to be there: tick each that is',
      needs.map((value) => ({ value, text: evidenceKinds[value] })),
    ),
  ];
}

const needsNote = (action: Proposal['action']): boolean => action.what === 'task' && action.needs?.includes('note') === true;

/** Of which time a target is; what is left empty changes nothing in one that runs. */
function targetHint(asked: string | null, runs: string | null): string {
  if (runs !== null) return `Attendance in the time that is monitored now. Leave it empty to keep its target of ${runs}.`;
  return asked === null ? '' : `Attendance in the time that follows. The policy asks for ${asked}.`;
}

/** What an approval brings about, and whom it goes to then, by the policy's own name. */
function approval(action: Proposal['action']): string {
  switch (action.what) {
    case 'referral':
      return 'Approve: the authority receives the referral with its evidence';
    case 'referral request':
      return `Ask for it: then it is for the ${action.by} to decide`;
    case 'permission':
      return `${action.whether === undefined ? 'Approve' : 'Yes'}: then it is for the ${action.by} to do`;
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
const meetingFields = (arranged: string | null): Field[] => [
  date('meetingOn', 'Day of the meeting', arranged ?? ''),
  time('meetingAt', 'Time of the meeting'),
];

/** The same meeting for a brother or sister: what was agreed for each is each child’s own. */
const alsoFor = ({ matterId, key, version, pupil, ...table }: MeetingBeside, i: number): FieldGroup => ({
  kind: 'group',
  label: `Also for ${pupil.name}, class ${pupil.className}`,
  fields: [
    {
      ...radios(`also-${i + 1}`, `Was it for ${pupil.name} too?`, [
        { value: '', text: 'No' },
        { value: `${matterId} ${key} ${version}`, text: 'Yes' },
        { value: `${matterId} ${key} ${version} support`, text: 'Yes, and the support above was offered for both' },
      ]),
      hint: tableWords(table, pupil.name),
    },
    short(`alsoTarget-${i + 1}`, `Target agreed for ${pupil.name}, in percent`, 'The policy’s, if nothing is entered.'),
    text(
      `alsoNote-${i + 1}`,
      `Note for ${pupil.name}’s record`,
      'Nothing about the other child: each parent may ask to see the record of their own.',
    ),
  ],
});

/** Who may be at one table for both, and who may hear of one child alone. */
function tableWords(
  { both, onlyHere, onlyThere }: Omit<MeetingBeside, 'matterId' | 'key' | 'version' | 'pupil'>,
  name: string,
): string {
  return [
    `Speak of both children only with ${listed(both)}`,
    ...(onlyHere.length > 0 ? [`Say nothing of ${name} to ${listed(onlyHere)}`] : []),
    ...(onlyThere.length > 0 ? [`Speak of nobody but ${name} with ${listed(onlyThere)}`] : []),
  ].join('. ');
}

const listed = (names: readonly string[]): string => names.join(' and ');

const supportOffered: FieldGroup = {
  kind: 'group',
  label: 'Support offered',
  fields: options(supportKinds).map(({ value, text: words }) =>
    select(`offer-${value}`, words, options({ '': 'Not offered', accepted: 'Accepted', declined: 'Declined' })),
  ),
};
