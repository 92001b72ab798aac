import { mustComeBack } from '../calendar/hold.ts';
import type { By } from '../case/input.ts';
import { titleOf } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import { beforeTheCourt } from './before-the-court.ts';
import { agreeContract, contractNotAgreed, contractReviewed } from './contract.ts';
import type { ReferralDecision } from './decision.ts';
import { endWhatRuns, mustBeSettled } from './ending.ts';
import { mayActAs } from './escalation.ts';
import type { ReferralInput } from './input.ts';
import { issueNotice, issuer, judgeNotice } from './notice-to-improve.ts';
import { answerUnpaid, notProsecuted } from './payment.ts';
import { authorise, requestNotices } from './penalty-notice.ts';
import { issueNoticeTo } from './posted-notice.ts';
import { type ReferralProposal, referralChoices } from './proposal.ts';
import { propose } from './propose.ts';
import type { ReferralTelling } from './telling.ts';

type Said<C extends ReferralDecision['choice']> = Extract<ReferralDecision, { choice: C }>;
type Take<C extends ReferralDecision['choice']> = (
  t: ReferralTelling,
  proposal: ReferralProposal,
  decision: Said<C>,
  by: By,
) => void;

/**
 * Takes a person's decision on a proposal of the authority's side.
 * @throws Refusal: Stale (decided, withdrawn or changed since it was read), Forbidden (not this person's decision),
 * NotAllowed (the rules say no, with why).
 */
export function decideProposal(t: ReferralTelling, input: Extract<ReferralInput, { kind: 'decision' }>): void {
  const { decision, by } = input;
  const proposal = standing(t, input.proposal);
  if (!mayActAs(proposal.role, by, t.c)) {
    throw new Refusal('Forbidden', `This is for the ${titleOf(proposal.role)} to decide`);
  }
  mustBeAsSeen(proposal, input.version);
  if (!referralChoices[proposal.action.what].includes(decision.choice)) {
    throw new Refusal('NotAllowed', `"${proposal.action.what}" cannot be answered with "${decision.choice}"`);
  }
  (takes[decision.choice] as Take<ReferralDecision['choice']>)(t, proposal, decision, by);
}

function standing({ state }: ReferralTelling, key: string): ReferralProposal {
  const proposal = Object.hasOwn(state.proposals, key) ? state.proposals[key] : undefined;
  if (!proposal)
    throw new Refusal('Stale', 'This has been decided or withdrawn since you opened it. The referral shows what happened');
  return proposal;
}

/** What it says now is for whoever decides it: nobody else is told, whatever version they name. */
function mustBeAsSeen({ version, changed, sentence }: ReferralProposal, seen: number): void {
  if (version !== seen) throw new Refusal('Stale', `This changed since you opened it. ${changed ?? ''}; now: ${sentence}`);
}

const takes: { [C in ReferralDecision['choice']]: Take<C> } = {
  accept: (t, { key }) => t.add({ type: 'accepted', key, words: t.c.words }),
  return(t, { key }, { missing, textId }) {
    t.add({ type: 'returned', key, missing, textId, words: t.c.words });
    t.add({ type: 'closed', how: 'returned', words: null });
  },
  tool: decideTool,
  agreed: agreeContract,
  'not agreed': contractNotAgreed,
  reviewed: contractReviewed,
  'issue notice': issueNotice,
  judged: judgeNotice,
  authorise: (t, proposal, _, by) => authorise(t, proposal, by),
  issue: issueNoticeTo,
  prosecute: answerUnpaid,
  withdraw: answerUnpaid,
  proceedings: recordProceedings,
  decline(t, { key, action }) {
    if (action.what === 'authorise penalty notice') {
      t.add({ type: 'penalty notice not authorised', key, noticeId: action.noticeId, words: t.c.words });
      // Another notice may still run: the officer who asked hears of this all the same.
      if (Object.keys(t.state.proposals).length === 0)
        propose(t, { what: 'decide tool' }, `${t.state.came}: decide what is done next`);
      return;
    }
    t.add({ type: 'decided', key, choice: 'decline', until: null, words: t.c.words });
    if (action.what === 'issue penalty notice') {
      t.add({ type: 'penalty notice lapsed', noticeId: action.noticeId, why: 'The penalty notice was not issued' });
    }
    if (action.what === 'posted or not') {
      const why = 'The penalty notice lost its ground and was not posted';
      t.add({ type: 'penalty notice lapsed', noticeId: action.noticeId, why });
    }
  },
  hold(t, { key }, { until }) {
    mustComeBack(t.c, until);
    t.add({ type: 'decided', key, choice: 'hold', until, words: t.c.words });
  },
};

/**
 * What came of proceedings. A notice of which a parent was acquitted counts no more among the two in three years; another's does, and
 * so does one whose own proceedings ended before. One of which they were not pursued is unpaid as before: it is withdrawn, or the
 * offence prosecuted after all (Education (Penalty Notices) Regulations 2007).
 */
function recordProceedings(t: ReferralTelling, { key }: ReferralProposal, { result, acquitted }: Said<'proceedings'>): void {
  const atCourt = beforeTheCourt(t.state);
  const of = acquitted ?? atCourt.map(([, { contactId }]) => contactId);
  if (result === 'acquitted' && !acquitted && new Set(of).size > 1) {
    throw new Refusal('NotAllowed', 'More than one parent is before the court: say who was acquitted', { concerns: 'acquitted' });
  }
  if (acquitted?.some((contactId) => !atCourt.some(([, notice]) => notice.contactId === contactId))) {
    throw new Refusal('NotAllowed', 'One of the people named is not before the court for a penalty notice of this referral', {
      concerns: 'acquitted',
    });
  }
  t.add({ type: 'proceedings recorded', key, result, notices: atCourt.map(([noticeId]) => noticeId), words: t.c.words });
  if (result === 'not-pursued') for (const [noticeId, { contactId }] of atCourt) notProsecuted(t, noticeId, contactId);
  if (result !== 'acquitted') return;
  for (const [noticeId, { contactId }] of atCourt) {
    if (of.includes(contactId)) t.add({ type: 'penalty notice acquitted', noticeId, contactId });
  }
}

/** The officer chooses what is done next. Each tool then asks for its own first step. */
function decideTool(t: ReferralTelling, { key }: ReferralProposal, said: Said<'tool'>, by: By): void {
  const { tool } = said;
  if (tool === 'education supervision order' && t.c.pupil.flags.includes('looked-after')) {
    throw new Refusal(
      'NotAllowed',
      'No education supervision order is made for a looked-after child: speak to the virtual school',
    );
  }
  if (tool === 'no action') mustBeSettled(t);
  t.add({ type: 'tool decided', key, tool, support: said.support ?? null, words: t.c.words });
  switch (tool) {
    case 'attendance contract':
      return propose(t, { what: 'agree contract' }, 'Meet the parents and agree an attendance contract');
    case 'notice to improve':
      return propose(t, { what: 'issue notice to improve' }, 'A notice to improve is to be issued', issuer(t));
    case 'penalty notice':
      return requestNotices(t, by, key, said);
    case 'education supervision order':
    case 'prosecution to consider':
      return;
    case 'no action':
      endWhatRuns(t);
      return t.add({ type: 'closed', how: 'no action', words: null });
  }
}
