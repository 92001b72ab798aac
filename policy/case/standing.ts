import { hasCome, type Moment } from '../calendar/moment.ts';
import { addSchoolDays } from '../calendar/school-calendar.ts';
import { isSame, shown } from '../register/fraction.ts';
import { attendanceNowSaid } from './attendance-said.ts';
import type { Circumstances } from './circumstances.ts';
import { holds } from './condition.ts';
import { attendanceUpTo } from './figures.ts';
import { isMetNoMore } from './judged.ts';
import { marksAreIn, missingNow } from './missing-marks.ts';
import { metNoMore, notBefore, owedLetter, passedOver } from './next-step.ts';
import { isOwed, type Proposal, runsFrom } from './proposal.ts';
import { howOf, sentence, standInOf } from './propose.ts';
import { speaksOfADay } from './rule-so.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

/** Looks again at what is proposed: is its ground still there, did its figures change, has its held date come? */
export function grounds(t: Telling): void {
  marksAreIn(t);
  for (const proposal of Object.values(t.state.proposals)) {
    const gone = goneBecause(t, proposal);
    if (gone) withdraw(t, proposal.key, gone, asksAnew(t, proposal));
    else if (proposal.status === 'held' && proposal.heldUntil !== null && t.c.on >= proposal.heldUntil) {
      t.add({ type: 'reopened', key: proposal.key, why: 'The date it was held until has come' });
    } else if (figuresMoved(t, proposal)) revise(t, proposal);
  }
}

/** Why a proposal has nothing to stand on any more, or null if it has. */
function goneBecause(t: Telling, proposal: Proposal): string | null {
  const { action, step } = proposal;
  if (action.what === 'missing marks') return missingNow(t).length === 0 ? 'The missing marks are in' : null;
  if (step === null) return goneBeside(t, proposal);
  if (action.what === 'answer') return null;
  const owed = action.what === 'letter' && !action.owed ? owedLetter(t, action.template) : null;
  if (owed) return notBefore(owed);
  if (action.what === 'letter' && action.template === 'congratulation' && isMetNoMore(t.state, t.c)) return metNoMore;
  const ground = stageOf(t)['only while'];
  if (!ground || holds(ground, t.state, t.c)) return null;
  return attendanceNowSaid(t.state.attendance, t.c);
}

/**
 * The same of what a stage asks beside the ladder, such as a thank-you call: it ends with its stage, and with what it is asked for,
 * unless that is of one day or somebody has put it off.
 */
function goneBeside(t: Telling, { action, rule: always, stage, evidence, status, madeOn }: Proposal): string | null {
  if (always !== undefined || action.what === 'answer' || isOwed({ action })) return null;
  const rule = t.c.pack.stages[stage]?.alongside.find(({ source }) => source === evidence.clause);
  if (!rule) return null;
  if (stage !== t.state.stage || madeOn < t.state.stageSince) return `The case moved on to ${t.state.stage}`;
  const stands = status !== 'open' || speaksOfADay(rule) || holds(rule.when, t.state, t.c);
  return stands ? null : attendanceNowSaid(t.state.attendance, t.c);
}

/** What a stage asks beside the ladder is new if it is so again, unless somebody has answered some of it. */
function asksAnew(t: Telling, { step, rule: always, stage, evidence: { clause } }: Proposal): boolean {
  if (step !== null || always !== undefined || stage !== t.state.stage) return false;
  const rule = t.c.pack.stages[stage]?.alongside.find(({ source }) => source === clause);
  if (!rule) return false;
  const asked = Object.values(t.state.proposals).filter(
    (one) => one.step === null && one.rule === undefined && one.evidence.clause === clause && one.action.what !== 'answer',
  );
  return asked.length >= rule.do.filter((one) => passedOver(one, t) === null).length;
}

/** A meeting is on whatever a day more of the register says: it is another only by a correction of what it was asked for on. */
function figuresMoved({ state, c }: Telling, { evidence: { attendance, upTo }, action, step }: Proposal): boolean {
  if (step === null || action.what === 'answer') return false;
  const is = action.what === 'meeting' && upTo !== null ? attendanceUpTo(c, upTo) : state.attendance;
  return is !== null && !isSame(attendance, is);
}

function revise(t: Telling, { key, version, evidence, why = stageOf(t).says, since }: Proposal): void {
  const { attendance, upTo } = t.state;
  const was = evidence.attendance;
  t.add({
    type: 'revised',
    key,
    version: version + 1,
    ...{ attendance, upTo, ...howOf(t.state) },
    sentence: sentence(t, why, since),
    changed: `It was ${was.attended} of ${was.possible} sessions (${shown(was)})`,
  });
}

/** Reminds whoever has not decided, and later asks the person who stands in. */
export function reminders(t: Telling, among: (proposal: Proposal) => boolean = () => true): void {
  for (const proposal of Object.values(t.state.proposals)) {
    const { key, role, remindOn, remindAt, reminded, alsoRole, status } = proposal;
    if (status !== 'open' || !among(proposal)) continue;
    if (!reminded && hasCome({ on: remindOn, at: remindAt }, t.c)) t.add({ type: 'reminded', key, role, ...timeOf(remindAt) });
    if (alsoRole !== null) continue;
    const asked = standInAsked(proposal, t.c);
    const standIn = standInOf(t, proposal);
    if (hasCome(asked, t.c) && standIn !== null && standIn !== role)
      t.add({ type: 'escalated', key, role: standIn, ...timeOf(asked.at) });
  }
}

const timeOf = (at: string | undefined) => (at === undefined ? {} : { at });

/** When whoever stands in is asked as well. */
export const standInAsked = (
  { standIn, ...asked }: Pick<Proposal, 'standIn' | 'madeOn' | 'agreedFor'>,
  { calendar, pack }: Pick<Circumstances, 'calendar' | 'pack'>,
): Moment => standIn ?? { on: addSchoolDays(calendar, runsFrom(asked), pack.waiting['escalate after']) };
