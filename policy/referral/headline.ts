import { longDay } from '../calendar/day.ts';
import { capital } from '../capital.ts';
import { titleOf } from '../people/roles.ts';
import type { ReferralAction } from './proposal.ts';
import type { ReferralState } from './state.ts';

/** Where a referral is and what it waits for, in one sentence without a name: for screens and the engine's own pages. */
export function headline(state: ReferralState): string {
  if (state.status === 'closed') return state.stage === 'returned' ? 'Returned to the school' : 'Closed';
  const standing = Object.values(state.proposals);
  const waiting = standing.find(({ status }) => status === 'open');
  if (waiting) {
    return `${capital(state.stage)}: the ${titleOf(waiting.role)} is to ${asked(waiting.action)}`;
  }
  const held = standing.find(({ heldUntil }) => heldUntil !== null);
  if (held?.heldUntil) return `${capital(state.stage)}: held until ${longDay(held.heldUntil)}`;
  return `${capital(state.stage)}: ${running(state)}`;
}

function running({ improvement, contract, notices }: ReferralState): string {
  const issued = Object.values(notices).flatMap((notice) => (notice.status === 'issued' && notice.issued ? [notice.issued] : []));
  const [first] = issued.map(({ fullUntil }) => fullUntil).sort();
  if (first) return `to be paid by ${longDay(first)}`;
  if (improvement?.status === 'running') return `runs until ${longDay(improvement.until)}`;
  if (contract?.status === 'running') return `runs until ${longDay(contract.until)}`;
  return 'watched';
}

const asked = (action: ReferralAction): string =>
  'against' in action ? 'withdraw a penalty notice that should not have been issued' : isTo[action.what];

const isTo: Record<ReferralAction['what'], string> = {
  'accept referral': 'accept it or return it',
  'decide tool': 'decide what is done next',
  'agree contract': 'agree a contract with the parents',
  'review contract': 'review the contract',
  'issue notice to improve': 'issue the notice to improve',
  'judge notice to improve': 'judge the notice to improve',
  'authorise penalty notice': 'authorise a penalty notice',
  'issue penalty notice': 'issue the penalty notice',
  'posted or not': 'say whether a penalty notice was posted that has no ground now',
  'unpaid notice': 'prosecute or withdraw an unpaid notice',
  'record proceedings': 'record what came of the proceedings',
};
