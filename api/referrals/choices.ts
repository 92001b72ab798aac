import { supportKinds } from '../../policy/case/decision.ts';
import { type ReferralAction, undecided } from '../../policy/referral/proposal.ts';
import {
  type EarlyGround,
  earlyGrounds,
  missingParts,
  proceedingsResults,
  requirements,
  supportFirst,
  tools,
  withdrawalGrounds,
} from '../../policy/referral/words.ts';
import { type Choice, checks, choice, date, type Option, options, radios, short, text } from '../layout/fields.ts';
import type { PenaltyNotice } from './shapes.ts';

const hold = choice('hold', 'Hold until a day, with a reason', date('until', 'Until'));
const decline = choice('decline', 'Decline, with a reason');

/** What the form offers for each thing that is asked. `parents` are those whom it may concern, by contact id and name. */
export const choicesFor = ({ what }: Pick<ReferralAction, 'what'>, parents: Option[]): Choice[] => offers[what](parents);

/** Before a prosecution the authority has to consider an order (Education Act 1996, s447). */
const also: Record<string, string> = {
  'prosecution to consider': ': say in your reasons why an education supervision order is not the way',
};

const offers: Record<ReferralAction['what'], (parents: Option[]) => Choice[]> = {
  'accept referral': () => [
    choice('accept', 'Accept the referral'),
    choice('return', 'Return it to the school', checks('missing', 'What is missing?', options(missingParts))),
    hold,
  ],
  'decide tool': (parents) => [
    ...Object.entries(tools).map(([tool, text]) =>
      tool === 'penalty notice'
        ? choice(
            `tool:${tool}`,
            `${text}: ask the headteacher to authorise it`,
            checks('parents', 'To whom? One notice each', parents),
            radios('supportFirst', 'How did support come first?', options(supportFirst)),
          )
        : choice(`tool:${tool}`, `${text}${also[tool] ?? ''}`),
    ),
    hold,
  ],
  'agree contract': (parents) => [
    choice(
      'agreed',
      'A contract was agreed',
      date('on', 'Agreed on'),
      checks('parties', 'With whom?', parents),
      checks('requirements', 'What the parents undertake', options(requirements)),
      checks('support', 'Support that is given', options(supportKinds)),
      date('contractUntil', 'Until', 'The last day of the contract. It is reviewed on that day too.'),
      date('review1', 'First review'),
      date('review2', 'Second review (optional)'),
      date('review3', 'Third review (optional)'),
    ),
    choice(
      'not agreed',
      'No contract was agreed',
      date('notOn', 'Day of the meeting'),
      radios('why', 'Why?', [
        { value: 'refused', text: 'A parent refused: a contract is voluntary' },
        { value: 'not attended', text: 'Nobody came' },
      ]),
    ),
    choice('decline', 'Leave the contract, and decide again'),
    hold,
  ],
  'review contract': () => [
    choice('reviewed:yes', 'The contract is kept'),
    choice('reviewed:no', 'The contract is not kept'),
    hold,
  ],
  'issue notice to improve': () => [
    choice(
      'issue notice',
      'Issue the notice: each parent who may have it gets their own letter',
      date('from', 'The period begins on', 'A school day, after the letter has arrived.'),
      short('weeks', 'How many school weeks?', '3 to 6, as the authority decides.'),
      short('target', 'Attendance wanted in the period, in percent', 'For example 95.'),
      checks('earlyGrounds', 'A penalty notice may come before the end if', options(earlyGrounds)),
      text(
        'letterText',
        'A paragraph for the parents',
        'It stands in every parent’s letter, as you write it: what support there is for them now. Up to 600 characters. Nothing about another person.',
      ),
    ),
    decline,
    hold,
  ],
  'judge notice to improve': () => [
    choice('judged:yes', 'Attendance improved enough'),
    choice('judged:no', 'Attendance did not improve enough'),
    hold,
  ],
  'authorise penalty notice': () => [choice('authorise', 'Authorise the penalty notice'), decline, hold],
  'issue penalty notice': () => [choice('issue', 'The notice is issued', date('postedOn', 'Posted on')), decline, hold],
  'posted or not': () => [
    choice(
      'issue',
      'It was posted before',
      date('postedOn', 'Posted on'),
      checks('allTheSame', 'Only if the rules were against it on that day, as against a third in three years', [
        { value: 'yes', text: 'It was posted all the same: record it as against the rules, to be withdrawn' },
      ]),
    ),
    choice('decline', 'It was not posted and will not be'),
    hold,
  ],
  'unpaid notice': () => [
    choice('prosecute', 'Prosecute the original offence'),
    choice('withdraw', 'Withdraw the notice', radios('ground', 'On which ground?', options(withdrawalGrounds))),
    hold,
  ],
  'record proceedings': (prosecuted) => [
    choice(
      'proceedings',
      'The proceedings have ended',
      radios('result', 'What came of them?', options(proceedingsResults)),
      ...(prosecuted.length > 1 ? [checks('acquitted', 'If somebody was acquitted: who?', prosecuted)] : []),
    ),
    hold,
  ],
};

type Doing = { asks: readonly Pick<ReferralAction, 'what'>[]; stage: string; grounds: readonly EarlyGround[] };

/**
 * What an officer may do without being asked, so far as the rules let it be done as the referral stands. A notice to improve ends
 * early only on a ground that it gave.
 */
export const referralActions = ({ asks, stage, grounds }: Doing): Choice[] => [
  choice('note', 'Add a note'),
  ...(undecided(asks.map(({ what }) => what))
    ? []
    : [choice('reconsider', 'Decide again what is done, while this takes its course')]),
  ...(grounds.length === 0
    ? []
    : [
        choice(
          'end notice early',
          'End the notice to improve early',
          radios(
            'ground',
            'On which of its grounds?',
            grounds.map((value) => ({ value, text: earlyGrounds[value] })),
          ),
        ),
      ]),
  ...(stage === 'received' ? [] : [choice('close', 'Close the referral')]),
];

/**
 * What can happen to a penalty notice after it is issued: it is paid once, and only one left unpaid is left unprosecuted. An older
 * ledger leaves one as prosecuted though its proceedings were not pursued.
 */
export function noticeChoices(status: PenaltyNotice['status']): Choice[] {
  const unprosecuted = status === 'unpaid' || status === 'prosecuted';
  const grounds = options(withdrawalGrounds).filter(({ value }) => unprosecuted || value !== 'not-prosecuting');
  const paid = choice(
    'payment',
    'It was paid',
    date('paidOn', 'Paid on'),
    short('amount', 'Amount in pounds', 'For example 80.'),
  );
  return [
    ...(status === 'issued' || status === 'unpaid' ? [paid] : []),
    choice(
      'withdraw',
      'Withdraw it',
      radios('ground', 'On which ground?', grounds),
      text('text', 'Reasons', 'They are kept in the record.'),
    ),
  ];
}
