import { addSchoolDays } from '../calendar/school-calendar.ts';
import type { Condition } from '../pack/condition.ts';
import type { Pack } from '../pack/pack.ts';
import { Refusal } from '../refusal.ts';
import { holds } from './condition.ts';
import { isYetToLeave } from './letter-standing.ts';
import { noteAttendance } from './note-attendance.ts';
import { goesOnInHold, type Proposal } from './proposal.ts';
import { enter } from './stage.ts';
import type { CaseState } from './state.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

type Standing = Pick<CaseState, 'stage' | 'referral'>;

/**
 * The stages that a case can be put back to, the nearest first: those before its own in the order of the policy. None while the
 * authority has the referral, and never one at which the authority would be working.
 */
export function earlierStages({ stages, closes }: Pack, { stage, referral }: Standing): string[] {
  if (isWorkedOn(referral)) return [];
  const names = Object.keys(stages);
  const before = names.slice(0, Math.max(0, names.indexOf(stage)));
  return before.filter((name) => !closes['not in'].includes(name)).reverse();
}

/** The letters that a person has to call back or let go before the case is put back: what they told would be so no more. */
export const lettersToLeave = ({ letters }: Pick<CaseState, 'letters'>): string[] =>
  Object.entries(letters).flatMap(([id, letter]) => (isYetToLeave(letter) || letter.outcome === 'questioned' ? [id] : []));

/**
 * Puts the case back to an earlier stage, which begins anew; what was open in the stage that it leaves is withdrawn. It stays
 * there for as long as a step that was declined, unless what comes about in that stage moves it on.
 * @throws Refusal('NotAllowed') while the authority works on it, while a letter waits to leave, or if it is no earlier stage.
 */
export function stepBack(t: Telling, to: string): void {
  const { state, c } = t;
  if (isWorkedOn(state.referral))
    throw new Refusal('NotAllowed', 'The authority has the referral: only when it returns or ends it can the case be put back');
  if (!earlierStages(c.pack, state).includes(to))
    throw new Refusal('NotAllowed', `"${to}" does not come before "${state.stage}" in the policy: choose an earlier stage`, {
      concerns: 'to',
    });
  if (lettersToLeave(state).length > 0)
    throw new Refusal('NotAllowed', 'A letter of this case waits to leave: call it back or let it go, then put the case back');
  t.add({ type: 'stepped back', from: state.stage, to, words: c.words });
  // What the stage measures from is what the register says on the day it begins anew.
  noteAttendance(t);
  for (const { key } of leftBehind(t)) withdraw(t, key, `The case was put back to ${to}`);
  enter(t, to, addSchoolDays(c.calendar, c.on, c.pack.waiting['ask again after']));
}

/** While the authority has the referral. */
export const isWorkedOn = (referral: CaseState['referral']): boolean =>
  referral !== null && (referral.status === 'made' || referral.status === 'accepted');

/** What the stage proposed, beside the ladder too. What is owed for other reasons stays. */
const leftBehind = ({ state }: Telling): Proposal[] =>
  Object.values(state.proposals).filter((proposal) => proposal.stage === state.stage && isOfStage(proposal));

const isOfStage = (proposal: Proposal): boolean =>
  !goesOnInHold(proposal) && !['missing marks', 'answer'].includes(proposal.action.what);

/**
 * Whether a way on is barred because a person put the case back: what was so without anything that was done in the stage since
 * would undo their word at once.
 */
export const isBarred = (when: Condition, { state, c }: Telling): boolean =>
  state.backUntil !== undefined &&
  c.on < state.backUntil &&
  holds(when, { ...state, target: null, waited: undefined, met: undefined, lastCall: undefined, referral: null }, c);
