import type { By } from '../case/input.ts';
import { Refusal } from '../refusal.ts';
import type { ReferralCircumstances } from './circumstances.ts';
import { decideProposal } from './decisions.ts';
import { endWhatRuns, mustBeSettled } from './ending.ts';
import { mayActAs } from './escalation.ts';
import type { ReferralEvent } from './event.ts';
import type { ReferralInput } from './input.ts';
import { endEarly, letterEnded } from './notice-to-improve.ts';
import { pay, withdrawNotice } from './payment.ts';
import { undecided } from './proposal.ts';
import { propose } from './propose.ts';
import { replan } from './replan.ts';
import { settle } from './settle.ts';
import type { ReferralState } from './state.ts';
import { type ReferralTelling, telling } from './telling.ts';

/**
 * What follows when a referral is told one thing: the events, in order. Pure: the same state, input and circumstances
 * always give the same events.
 * @throws Refusal when a person asked for something that the rules do not allow; then nothing follows.
 */
export function decide(state: ReferralState | null, input: ReferralInput, c: ReferralCircumstances): ReferralEvent[] {
  const t = telling(state, c);
  if (input.kind === 'opened') {
    if (state) throw new Error('A referral is opened once');
    t.add({ type: 'opened', evidence: c.evidence });
  } else {
    if (t.state.status === 'closed') return toClosed(t, input);
    hear(t, input);
  }
  settle(t);
  return t.events;
}

/** A closed referral still hears how its letters ended; what a person asks of it is refused. */
function toClosed(t: ReferralTelling, input: ReferralInput): ReferralEvent[] {
  if (input.kind === 'letter outcome') letterEnded(t, input);
  else if ('by' in input) throw new Refusal('Closed', 'This referral is closed. Nothing more can be decided on it');
  return t.events;
}

function hear(t: ReferralTelling, input: Exclude<ReferralInput, { kind: 'opened' }>): void {
  switch (input.kind) {
    case 'decision':
      return decideProposal(t, input);
    case 'letter outcome':
      return letterEnded(t, input);
    case 'payment':
      officer(t, input.by, 'record a payment');
      return pay(t, input);
    case 'withdraw notice':
      officer(t, input.by, 'withdraw a penalty notice');
      return withdrawNotice(t, input.noticeId, input.ground);
    case 'end notice early':
      officer(t, input.by, 'end a notice to improve early');
      return endEarly(t, input.ground);
    case 'reconsider':
      officer(t, input.by, 'decide on another tool');
      return reconsider(t);
    case 'note':
      return t.add({ type: 'noted', words: t.c.words });
    case 'close':
      officer(t, input.by, 'close a referral');
      return close(t);
    case 'calendar changed':
      return replan(t);
    case 'register changed':
    case 'day':
      return;
  }
}

/** While a tool takes its course, the officer may still choose another one. */
function reconsider(t: ReferralTelling): void {
  if (undecided(Object.values(t.state.proposals).map(({ action }) => action.what))) {
    throw new Refusal('NotAllowed', 'The referral asks for that decision already');
  }
  t.add({ type: 'noted', words: t.c.words });
  propose(t, { what: 'decide tool' }, 'The officer looks again: decide what is done next');
}

function close(t: ReferralTelling): void {
  mustBeSettled(t);
  if (t.state.stage === 'received') throw new Refusal('NotAllowed', 'Accept the referral or return it first');
  endWhatRuns(t);
  t.add({ type: 'closed', how: 'closed by the officer', words: t.c.words });
}

function officer({ c }: ReferralTelling, by: By, what: string): void {
  if (!mayActAs('ewo', by, c)) throw new Refusal('Forbidden', `To ${what} is for the education welfare officer`);
}
