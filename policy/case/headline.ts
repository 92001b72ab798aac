import { longDay } from '../calendar/day.ts';
import { capital } from '../capital.ts';
import { titleOf } from '../people/roles.ts';
import type { Action } from './proposal.ts';
import type { CaseState } from './state.ts';

/** Where a case is and what it waits for, in one sentence without a name: for screens and for the engine's own pages. */
export function headline(state: CaseState): string {
  if (state.status === 'closed') return state.leftOn === undefined ? 'Closed' : 'Closed: the pupil left the school';
  if (state.heldUntil !== null) return `Held until ${longDay(state.heldUntil)}`;
  const proposals = Object.values(state.proposals);
  const waiting = proposals.find(({ status }) => status === 'open');
  if (waiting) return `${capital(state.stage)}: the ${titleOf(waiting.role)} is to ${isTo[waiting.action.what]}`;
  const held = proposals.find(({ status }) => status === 'held');
  if (held?.heldUntil) return `${capital(state.stage)}: the decision is held until ${longDay(held.heldUntil)}`;
  if (state.monitoring) return `${capital(state.stage)}: monitored until ${longDay(state.monitoring.until)}`;
  if (state.recovering) return `${capital(state.stage)}: closes on ${longDay(state.recovering.closesOn)} if attendance holds`;
  return `${capital(state.stage)}: watched`;
}

const isTo: Record<Action['what'], string> = {
  call: 'call the family',
  letter: 'decide on the letter',
  'letter in question': 'say whether a held letter goes',
  meeting: 'meet the parents',
  task: 'do what the policy asks',
  permission: 'say whether it is done',
  referral: 'decide on the referral',
  'referral request': 'say whether a referral is asked for',
  review: 'look before a letter goes',
  'missing marks': 'complete the missing marks',
  answer: 'answer a question',
};
