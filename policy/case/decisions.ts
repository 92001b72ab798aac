import { longDay } from '../calendar/day.ts';
import { mustComeBack } from '../calendar/hold.ts';
import { mustBeMeetingDay } from '../calendar/meeting-day.ts';
import { addSchoolDays, asKnown } from '../calendar/school-calendar.ts';
import { wayOf } from '../letters/may-write.ts';
import { type EvidenceKind, evidenceKinds, lacking } from '../pack/evidence-needed.ts';
import { titleOf } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import { isSame } from '../register/fraction.ts';
import { sessionWords } from '../register/session-words.ts';
import { timeForTarget } from './agreed-target.ts';
import { askedForBy } from './asked-for-by.ts';
import { holds } from './condition.ts';
import type { Decision } from './decision.ts';
import { delicateFlags } from './delicate.ts';
import { attendanceOn, attendanceUpTo, missingSince, newestSession } from './figures.ts';
import { printedUpTo } from './figures-moved.ts';
import { isNotHandedOn } from './handed-on.ts';
import type { By, CaseInput } from './input.ts';
import { isMetNoMore } from './judged.ts';
import { lookedBefore } from './look-first.ts';
import { timeToTell } from './monitoring.ts';
import { metNoMore, notBefore, owedLetter } from './next-step.ts';
import { choices, comesBack, type Permission, type Proposal } from './proposal.ts';
import { groundsOf, propose, soon, standInOf } from './propose.ts';
import { unseen } from './recorded-since.ts';
import type { Relied } from './relied.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';

type Said<C extends Decision['choice']> = Extract<Decision, { choice: C }>;

/**
 * Takes a person's decision on a proposal.
 * @throws Refusal: Stale (decided, withdrawn or changed since it was read), Forbidden (not this role's decision),
 * NotAllowed (the rules say no, with why).
 */
export function decideProposal(t: Telling, input: Extract<CaseInput, { kind: 'decision' }>): void {
  const { decision } = input;
  const proposal = standing(t, input.proposal);
  mayDecide(t, proposal, input.by);
  mustBeAsSeen(proposal, input.version);
  if (!choices[proposal.action.what].includes(decision.choice)) {
    throw new Refusal('NotAllowed', `A ${proposal.action.what} cannot be answered with "${decision.choice}"`);
  }
  const take = takes[decision.choice] as (t: Telling, proposal: Proposal, decision: Decision, by: By) => void;
  take(t, proposal, decision, input.by);
}

function standing({ state }: Telling, key: string): Proposal {
  const proposal = state.proposals[key];
  if (!proposal)
    throw new Refusal('Stale', 'This has been decided or withdrawn since you opened it. The case shows what happened');
  return proposal;
}

/** What it says now is for whoever decides it: nobody else is told, whatever version they name. */
function mustBeAsSeen({ version, changed, sentence, status }: Proposal, seen: number): void {
  if (version !== seen) throw new Refusal('Stale', `This changed since you opened it. ${changed ?? ''}; now: ${sentence}`);
  if (status === 'asked') throw new Refusal('Stale', 'A question about this is waiting for its answer');
}

/** The role that is asked decides, or whoever stands in for it; for who is away, whom they named, as far as it can be handed on. */
function mayDecide(t: Telling, proposal: Proposal, by: By): void {
  if (askedForBy(proposal, by))
    throw new Refusal('Forbidden', 'You asked for this, or decide for who did: somebody else has to decide it');
  if (by.for !== undefined && isNotHandedOn(proposal))
    throw new Refusal('Forbidden', `This is not handed on while somebody is away: it waits for the ${titleOf(proposal.role)}`);
  if (by.role === proposal.role || by.role === standInOf(t, proposal)) return;
  throw new Refusal('Forbidden', `This is for the ${titleOf(proposal.role)} to decide`);
}

const takes: { [C in Decision['choice']]: (t: Telling, proposal: Proposal, decision: Said<C>, by: By) => void } = {
  approve(t, proposal, decision, by) {
    stillGrounded(t, proposal);
    const { action } = proposal;
    if (action.what === 'letter') return approveLetter(t, proposal, decision);
    if (action.what === 'permission' || action.what === 'referral request') return passOn(t, proposal, action, by);
    const referralId = t.c.idOf(`referral:${proposal.key}`);
    const tells = proposal.action.what === 'referral' ? proposal.action.tells : [];
    t.add({ type: 'referred', key: proposal.key, referralId, tells, words: t.c.words });
  },
  decline(t, { key, step, action }) {
    t.add({ type: 'decided', key, choice: 'decline', words: t.c.words, until: null });
    if (step !== null && comesBack({ step, action })) putBack(t, step, 'It was declined');
  },
  hold(t, { key }, { until }) {
    mustComeBack(t.c, until);
    t.add({ type: 'decided', key, choice: 'hold', words: t.c.words, until });
  },
  ask(t, { key }, { of }) {
    if (!t.c.colleagues.includes(of))
      throw new Refusal(
        'NotAllowed',
        `Nobody who could answer about this pupil is ${titleOf(of)} at the school. Ask somebody else`,
      );
    const named = Object.entries(t.c.pack.people).find(([, { role }]) => role === of)?.[0];
    t.add({ type: 'decided', key, choice: 'ask', words: t.c.words, until: null });
    propose(t, {
      action: { what: 'answer', question: t.c.words ?? '', about: key },
      person: named ?? titleOf(of),
      role: of,
      clause: stageOf(t).source,
      why: 'A question needs your answer before this is decided',
      due: soon,
      step: null,
    });
  },
  answer(t, { key, action }) {
    t.add({ type: 'decided', key, choice: 'answer', words: t.c.words, until: null });
    if (action.what === 'answer')
      t.add({ type: 'reopened', key: action.about, why: 'The question was answered: the case shows how' });
  },
  called(t, { key, action, step }, { reached, offers }) {
    t.add({ type: 'called', key, script: action.what === 'call' ? action.script : '', reached, words: t.c.words, step });
    if (offers.length > 0) t.add({ type: 'support offered', offers, on: t.c.on });
  },
  met(t, proposal, { happened, on, target, offers, together }) {
    const { key, step } = proposal;
    if (on > t.c.on) throw new Refusal('NotAllowed', 'Record a meeting on or after its day, not before', { concerns: 'on' });
    const [began, since] =
      step === null ? ['The case was opened', t.state.openedOn] : ['This stage of the case began', t.state.stageSince];
    if (on < since)
      throw new Refusal('NotAllowed', `${began} on ${longDay(since)}: choose that day or a later one`, { concerns: 'on' });
    if (happened !== 'held' && target !== undefined) {
      throw new Refusal('NotAllowed', 'A target is agreed only at a meeting that was held', { concerns: 'target' });
    }
    const time = timeForTarget(t.state, proposal, stageOf(t));
    if (target !== undefined && time === null) {
      throw new Refusal('NotAllowed', 'No time follows this meeting in which a target is looked at: leave it out, and note it', {
        concerns: 'target',
      });
    }
    const { wait } = stageOf(t);
    // A meeting beside the ladder agrees what was said there, not the target of the stage's own meeting.
    const agreed = target ?? (step !== null && wait?.from === 'meeting' ? wait.target : undefined);
    const targets = happened === 'held' && agreed !== undefined ? { target: agreed } : {};
    const so = { happened, on, ...targets, ...(together && { together }) };
    t.add({ type: 'meeting recorded', key, ...so, words: t.c.words, step });
    if (target !== undefined && time === 'running') t.add({ type: 'target agreed', target });
    if (offers.length > 0) t.add({ type: 'support offered', offers, on });
  },
  done(t, { key, action, step, rule, evidence }, { has, textId }) {
    const needs = action.what === 'task' ? action.needs : undefined;
    mustHave(lacking(needs, { has, textId }));
    const looked = action.what === 'review' ? { looked: action.flags } : {};
    t.add({ type: 'decided', key, choice: 'done', words: t.c.words, until: null, ...looked, ...(needs && { has: needs }) });
    if (action.what === 'review' && action.waits) lookedBefore(t, action.waits, { ...groundsOf(evidence), step, rule });
  },
};

function mustHave(lacks: EvidenceKind | null): void {
  if (lacks === null) return;
  const why = `${evidenceKinds[lacks]} has to be there before this is done, or decline it with a reason`;
  throw new Refusal('NotAllowed', why, { concerns: lacks === 'note' ? 'text' : 'has' });
}

/** Who was asked first has agreed: it goes to whoever does it, or approves it. Only who said whether something is so may be the same person. */
function passOn(t: Telling, { key, step, rule, evidence }: Proposal, action: Asked, by: By): void {
  const saysSo = action.what === 'permission' && action.whether !== undefined;
  t.add({ type: 'decided', key, choice: 'approve', words: t.c.words, until: null, ...(saysSo && { said: true }) });
  const { why, next } = action.what === 'permission' ? permitted(action) : requested(action, by);
  const others = saysSo ? {} : { notBy: by.id, notFor: by.for };
  propose(t, {
    action: next,
    person: action.by,
    ...groundsOf(evidence),
    why,
    due: action.due,
    step,
    rule,
    ...others,
  });
}

const permitted = ({ whether, ...action }: Permission) => ({ why: action.says, next: { ...action, what: 'task' as const } });

const requested = ({ tells }: Exclude<Asked, Permission>, { role }: By) => ({
  why: `The ${titleOf(role)} asks for a referral`,
  next: { what: 'referral' as const, tells },
});

type Asked = Extract<Proposal['action'], { what: 'permission' | 'referral request' }>;

function stillGrounded(t: Telling, proposal: Proposal): void {
  const { stage, step, action } = proposal;
  const news = unseen(t, proposal);
  if (news !== null) throw new Refusal('Stale', `${news}. Open the case to see what is asked now`);
  const corrects = action.what === 'letter' ? action.corrects : undefined;
  const ground = t.c.pack.stages[stage]?.['only while'];
  if (step !== null && ground && !holds(ground, t.state, t.c)) {
    throw new Refusal('Stale', 'The figures changed and this no longer has its ground. Open the case to see them');
  }
  const owed = action.what === 'letter' && !action.owed ? owedLetter(t, action.template) : null;
  if (owed) throw new Refusal('Stale', `${notBefore(owed)}: that one goes first. Open the case to see`);
  if (action.what === 'letter' && action.template === 'congratulation' && isMetNoMore(t.state, t.c))
    throw new Refusal('Stale', `${metNoMore}. Open the case to see the figures`);
  const now = corrects && attendanceUpTo(t.c, corrects.upTo);
  if (corrects && now && !isSame(now, corrects.is)) {
    throw new Refusal('Stale', 'The register changed again, so the correction would be wrong. Open the case to see the figures');
  }
  // What stands beside the ladder waits for no mark: a child is visited whatever a register of last month lacks.
  if (step === null && action.what !== 'letter') return;
  // Of what a correction says, later sessions are no part.
  const missing = missingSince(t.c).filter((session) => !corrects || session <= corrects.upTo);
  if (missing.length > 0) {
    throw new Refusal(
      'NotAllowed',
      `Marks are missing (${missing.slice(0, 3).map(sessionWords).join('; ')}): complete the register first`,
    );
  }
}

function approveLetter(t: Telling, { key, action, stage, step }: Proposal, { meeting }: Said<'approve'>): void {
  if (action.what !== 'letter') return;
  const { template, enclose, corrects } = action;
  const readers = corrects?.letters.map((id) => t.state.letters[id]?.contactId);
  const ways = t.c.pack.documents?.[template]?.by;
  const to = t.c.recipients.flatMap((recipient) => {
    const { contactId, may } = recipient;
    const channel = wayOf(recipient, ways);
    const written = may && channel !== null && (!readers || readers.includes(contactId));
    return written ? [{ letterId: t.c.idOf(`letter:${key}:${contactId}`), contactId, channel }] : [];
  });
  if (to.length === 0) {
    throw new Refusal('NotAllowed', 'Nobody may be written to about this pupil. Look at the contacts, or decline with a reason');
  }
  if (template === 'meeting-invitation') {
    if (!meeting) throw new Refusal('NotAllowed', 'Say on which day and at what time the meeting is', { concerns: 'meeting' });
    mustBeMeetingDay(t.c, meeting.on);
  }
  const relied = corrects ? { stage, attendance: corrects.is, upTo: corrects.upTo } : relies(t, stage);
  // A letter that should have gone before is no part of what this stage waits for. What a family is told is not to move.
  const monitors =
    template === 'letter-2' && step !== null && !action.owed
      ? timeToTell(t.state, { ...t.c, calendar: asKnown(t.c.calendar) })
      : null;
  const said = {
    words: t.c.words,
    meeting: meeting ?? null,
    relied,
    ...(corrects && { corrects }),
    ...(monitors && { monitors }),
  };
  t.add({ type: 'letters approved', key, template, letters: to, enclose, ...said });
}

function relies({ c }: Telling, stage: string): Relied {
  const upTo = newestSession(c);
  const said = upTo === null ? null : printedUpTo(c, upTo);
  return { stage, attendance: attendanceOn(c, c.on), upTo, ...(said && { said }), flags: delicateFlags(c.pack, c.flags) };
}

/** The step comes back later, if its reason still stands then: so many school days after today. */
export function putBack(t: Telling, step: number, why: string, after = t.c.pack.waiting['ask again after']): void {
  const askAgainOn = addSchoolDays(t.c.calendar, t.c.on, after);
  t.add({ type: 'step put back', step, askAgainOn, why, after });
}
