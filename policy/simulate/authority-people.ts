import { addDays, type Day } from '../calendar/day.ts';
import { addSchoolDays } from '../calendar/school-calendar.ts';
import { lawOn } from '../law/rule-sets.ts';
import type { Role } from '../people/roles.ts';
import type { ReferralCircumstances } from '../referral/circumstances.ts';
import type { ReferralDecision } from '../referral/decision.ts';
import type { IssuedNotice } from '../referral/event.ts';
import { thresholdFor } from '../referral/figures.ts';
import type { ReferralAction, ReferralProposal } from '../referral/proposal.ts';
import type { ReferralState } from '../referral/state.ts';
import type { Tool } from '../referral/words.ts';
import { sessionId } from '../register/mark.ts';

/** What is assumed on the authority's side, named as a file names it. What its profile and the law say is not assumed. */
export type AuthorityAssumed = {
  /** Of referrals, so many are accepted; the others come back to the school. */
  accepts: number;
  /** In so many referrals a contract is tried before any notice, for so many school weeks. */
  contract: number;
  'weeks of contract': number;
  /** Of parents who come, so many sign; of reviews, so many find the contract kept. */
  signed: number;
  kept: number;
  /** School weeks of a notice to improve, as far as the authority's own range lets it, and the attendance that it wants. */
  'weeks of notice': number;
  'attendance wanted': number;
  /** Of penalty notices that are asked for, so many the headteacher authorises. */
  authorised: number;
  /** Of penalty notices, so many are paid, so many days after they arrived; of the unpaid so many are prosecuted. */
  paid: number;
  'pays after': number;
  prosecuted: number;
};

/** How long somebody takes, in school days, and what they would say, the first first: the rules may refuse it. Null if they never do. */
export type ReplyThere = { after: number; decisions: () => readonly ReferralDecision[] } | null;

/** What is asked on the authority's side, and where its referral stands. */
export type AskedThere = { proposal: ReferralProposal; state: ReferralState; c: ReferralCircumstances };

/** What is assumed of the people on the authority's side. */
export type AuthorityPeople = {
  reply: (asked: AskedThere) => ReplyThere;
  /** What they would say if they agreed, or if they did not. */
  agreed: (asked: AskedThere) => readonly ReferralDecision[];
  declined: (asked: AskedThere) => readonly ReferralDecision[];
  /** The day on which the parents pay a penalty notice; null if they never do. */
  paysOn: (notice: IssuedNotice) => Day | null;
};

type Assumed = AuthorityAssumed & {
  comes: number;
  after: (role: Role) => number;
  /** 0 to 99, always the same for the same words. */
  chance: (what: string) => number;
};

/** Whatever a reason would be: the simulation keeps no words. */
const textId = '00000000-0000-4000-8000-000000000000';

/** People who do as is assumed: what follows from the seed, the pupil, what is asked and the day alone. */
export function authorityPeople(assumed: Assumed): AuthorityPeople {
  const agreed = (asked: AskedThere) => agreeing(asked, assumed);
  return {
    agreed,
    declined,
    reply(asked) {
      const { action, key, madeOn, role } = asked.proposal;
      // What a court finds is not assumed: the referral waits for it.
      if (action.what === 'record proceedings') return null;
      const so = (share: number, what: string) => assumed.chance(`${key} ${madeOn} ${what}`) < share;
      const after = assumed.after(role);
      if (action.what === 'agree contract' && !so(assumed.comes, 'comes'))
        return { after, decisions: () => [notAgreed(asked, 'not attended')] };
      return { after, decisions: () => (so(shareOf(action, assumed), action.what) ? agreed(asked) : declined(asked)) };
    },
    paysOn: ({ noticeId, servedOn, fullUntil }) => {
      const on = addDays(servedOn, assumed['pays after']);
      return on <= fullUntil && assumed.chance(`${noticeId} ${servedOn} paid`) < assumed.paid ? on : null;
    },
  };
}

/** Of so many of 100 who are asked this, the answer is yes. */
function shareOf({ what }: ReferralAction, assumed: Assumed): number {
  const shares: Partial<Record<ReferralAction['what'], number>> = {
    ...{ 'accept referral': assumed.accepts, 'agree contract': assumed.signed, 'review contract': assumed.kept },
    ...{ 'authorise penalty notice': assumed.authorised, 'unpaid notice': assumed.prosecuted },
  };
  return shares[what] ?? 100;
}

/** The parents were asked to a contract, and there is none. */
export const notAgreed = ({ c }: AskedThere, why: 'refused' | 'not attended'): ReferralDecision => ({
  ...{ choice: 'not agreed', on: c.on, why, textId },
});

function agreeing(asked: AskedThere, assumed: Assumed): readonly ReferralDecision[] {
  const { proposal, c } = asked;
  switch (proposal.action.what) {
    case 'accept referral':
      return [{ choice: 'accept' }];
    case 'decide tool':
      return toolsInTurn(asked, assumed);
    case 'agree contract':
      return [contract(c, assumed)];
    case 'review contract':
      return [{ choice: 'reviewed', met: true }];
    case 'issue notice to improve':
      return [noticeToImprove(c, assumed)];
    case 'judge notice to improve':
      return [{ choice: 'judged', improved: proposal.action.improved ?? false }];
    case 'authorise penalty notice':
      return [{ choice: 'authorise' }];
    case 'issue penalty notice':
      return [{ choice: 'issue', postedOn: c.on }];
    case 'posted or not':
      // Here whoever posts a notice records it on the same day.
      return [{ choice: 'decline', textId }];
    case 'unpaid notice':
      return [{ choice: 'prosecute', textId }];
    case 'record proceedings':
      return [{ choice: 'proceedings', result: 'convicted', textId }];
  }
}

function declined(asked: AskedThere): readonly ReferralDecision[] {
  const { action } = asked.proposal;
  switch (action.what) {
    case 'accept referral':
      return [{ choice: 'return', missing: ['letters-sent'], textId }];
    case 'decide tool':
      return [tool('no action')];
    case 'agree contract':
      return [notAgreed(asked, 'refused')];
    case 'review contract':
      return [{ choice: 'reviewed', met: false, textId }];
    case 'judge notice to improve':
      return [{ choice: 'judged', improved: !(action.improved ?? false) }];
    case 'unpaid notice':
      return [{ choice: 'withdraw', ground: 'not-prosecuting', textId }];
    case 'record proceedings':
      return [{ choice: 'proceedings', result: 'not-pursued', textId }];
    default:
      return [{ choice: 'decline', textId }];
  }
}

/** A contract with all who may be written to, looked at half way and at its end. */
function contract(c: ReferralCircumstances, { 'weeks of contract': weeks }: Assumed): ReferralDecision {
  const [half, until] = [0.5, 1].map((part) => addSchoolDays(c.calendar, c.on, Math.ceil(5 * weeks * part)));
  return {
    ...{ choice: 'agreed', on: c.on, parties: toWrite(c), until: until as Day, reviews: [half as Day], textId },
    ...{ requirements: ['attend-daily'], support: ['mentor'] },
  };
}

/** A notice that begins when the letter has come, for the weeks that are assumed as far as law and authority let it. */
function noticeToImprove(c: ReferralCircumstances, assumed: Assumed): ReferralDecision {
  const law = lawOn(c.on).noticeToImproveWeeks.value;
  const local = c.authority['notice to improve']['school weeks'];
  const least = Math.max(law.least, local['at least']);
  const weeks = Math.max(least, Math.min(assumed['weeks of notice'], law.most, local['at most']));
  const from = addSchoolDays(c.calendar, c.on, 3);
  const target = assumed['attendance wanted'] * 100;
  return { choice: 'issue notice', from, weeks, target, earlyGrounds: ['no-engagement'], textId };
}

const toWrite = ({ parents }: ReferralCircumstances): string[] =>
  parents.flatMap(({ contactId, may }) => (may ? [contactId] : []));

const tool = (tool: Tool): ReferralDecision => ({ choice: 'tool', tool, textId });

/**
 * The tools that the officer would choose, the mildest with a ground first, each once in a referral; nothing more is done once one
 * has worked. What the law or the authority does not allow the rules refuse: then it is the next.
 */
function toolsInTurn({ state, c }: AskedThere, assumed: Assumed): readonly ReferralDecision[] {
  if (hasWorked(state)) return [tool('no action')];
  const { met, sessions } = thresholdFor(c);
  const leave = met && isLeave(sessions, c);
  const contractFirst = assumed.chance(`${state.openedOn} contract first`) < assumed.contract;
  const inTurn: { tool: Tool; if: boolean; decision?: ReferralDecision }[] = [
    { tool: 'attendance contract', if: !leave && (contractFirst || !met) },
    { tool: 'notice to improve', if: !leave && met },
    { tool: 'penalty notice', if: met, decision: penaltyNotice(c, leave ? 'not appropriate' : 'did not work') },
    { tool: 'prosecution to consider', if: met && hadNotices(c) },
    { tool: 'no action', if: true },
  ];
  const used = new Set(state.tools.map((one) => one.tool));
  return inTurn.flatMap((one) => (one.if && !used.has(one.tool) ? [one.decision ?? tool(one.tool)] : []));
}

/** True if all of it was leave taken in term time: then support comes too late. */
const isLeave = (sessions: readonly string[], { marks }: ReferralCircumstances): boolean => {
  const leave = new Set(marks.flatMap((mark) => (mark.code === 'G' ? [sessionId(mark)] : [])));
  return sessions.every((session) => leave.has(session));
};

const penaltyNotice = (c: ReferralCircumstances, support: 'not appropriate' | 'did not work'): ReferralDecision => ({
  ...{ choice: 'tool', tool: 'penalty notice', parents: toWrite(c), support, textId },
});

/** After two notices that stand the law allows no third. */
const hadNotices = ({ parents }: ReferralCircumstances): boolean =>
  parents.some(({ priorNotices }) => priorNotices.filter(({ status }) => status !== 'withdrawn').length >= 2);

function hasWorked({ tools, contract, improvement, notices }: ReferralState): boolean {
  switch (tools.at(-1)?.tool) {
    case 'attendance contract':
      return contract?.status === 'kept';
    case 'notice to improve':
      return improvement?.status === 'improved';
    case 'penalty notice':
      return Object.values(notices).some(({ status }) => status === 'paid');
    default:
      return false;
  }
}
