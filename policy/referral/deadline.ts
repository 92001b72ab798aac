import { addDays } from '../calendar/day.ts';
import { addSchoolDays, nextSchoolDay } from '../calendar/school-calendar.ts';
import type { Deadline } from '../case/deadline.ts';
import type { ReferralCircumstances } from './circumstances.ts';
import { passedOnTo } from './escalation.ts';
import { wentOut } from './notice-to-improve.ts';
import type { ReferralState } from './state.ts';

/** The earliest day after today on which something could follow by itself. Every open referral has one. */
export function deadlineOf(state: ReferralState, c: ReferralCircumstances): Deadline | null {
  if (state.status === 'closed') return null;
  const future = [...proposalDays(state, c), ...toolDays(state, c)].filter(({ on }) => on > c.on);
  future.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
  return future[0] ?? { on: addSchoolDays(c.calendar, c.on, 10), why: 'The referral is looked at again' };
}

const proposalDays = ({ proposals }: ReferralState, c: ReferralCircumstances): Deadline[] =>
  Object.values(proposals).flatMap((proposal) => {
    const { status, heldUntil, reminded, remindOn, person } = proposal;
    if (status === 'held') return heldUntil === null ? [] : [{ on: heldUntil, why: 'A held decision comes back' }];
    const passedOn = passedOnTo(proposal, c);
    return [
      ...(reminded ? [] : [{ on: remindOn, why: `The ${person} is reminded` }]),
      ...(passedOn ? [{ on: passedOn.on, why: `Asked of whoever stands in for the ${person}` }] : []),
    ];
  });

function toolDays({ contract, improvement, notices }: ReferralState, c: ReferralCircumstances): Deadline[] {
  const review = contract?.status === 'running' ? contract.reviews[contract.reviewed.length] : undefined;
  return [
    ...(review === undefined ? [] : [{ on: review, why: 'The attendance contract is reviewed' }]),
    ...(improvement?.status === 'running' && !wentOut(improvement)
      ? [{ on: improvement.from, why: 'The notice to improve falls, if no copy of it has gone out' }]
      : []),
    ...(improvement?.status === 'running' ? judgedDays(improvement.judgedOn, c) : []),
    ...Object.values(notices).flatMap(({ status, issued }) =>
      status === 'issued' && issued
        ? [{ on: addDays(issued.fullUntil, 1), why: 'The time to pay a penalty notice is over' }]
        : [],
    ),
  ];
}

const judgedDays = (judgedOn: string, { calendar, on }: ReferralCircumstances): Deadline[] => [
  { on: judgedOn, why: 'The notice to improve is judged' },
  ...(on >= judgedOn ? [{ on: nextSchoolDay(calendar, on), why: 'Missing marks are looked for again' }] : []),
];
