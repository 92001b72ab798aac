import type { Day } from '../../calendar/day.ts';
import type { Notice, ReferralState } from '../../referral/state.ts';
import { threeYearsBefore } from './facts.ts';
import type { Situation } from './moves.ts';

/**
 * What of a referral decides what may follow: two that have it in common are taken as one. Left out are the days themselves, how often
 * something happened, what was said of it, who asked, and who was reminded.
 */
export function keyOf({ state, on }: Situation): string {
  if (state.status === 'closed') return 'closed';
  const { contract } = state;
  return JSON.stringify([
    state.stage === 'received',
    state.proceedings,
    contract?.status === 'running' ? contract.reviewed.length : '',
    improvementKey(state, on),
    Object.values(state.notices)
      .flatMap((notice) => noticeKey(notice, on))
      .sort(),
    [...new Set(Object.values(state.proposals).map(({ action, status }) => `${action.what} ${status}`))].sort(),
  ]);
}

/** A notice to improve that attendance met is as none. */
function improvementKey({ improvement }: ReferralState, on: Day): string {
  if (!improvement || improvement.status === 'improved') return '';
  const letters = Object.values(improvement.letters).map((one) =>
    one === 'sent' || one === 'posted' ? 'gone' : one === 'waiting' || one === 'to-print' ? one : 'lost',
  );
  return `${improvement.status} ${letters} ${improvement.status === 'running' && on >= improvement.from}`;
}

/** Where a notice stands; of one that is over, only whether it still counts. */
function noticeKey({ status, issued, authorisedOn, groundGone, support, heardOn }: Notice, on: Day): string[] {
  const first = support !== 'not appropriate';
  if (status === 'requested') return [`${status} ${first}`];
  if (status === 'authorised') return [`${status} ${first} ${authorisedOn === on} ${groundGone === on}`];
  if (!issued || status === 'withdrawn' || status === 'acquitted') return [];
  const counts = issued.issuedOn > threeYearsBefore(on);
  if (status !== 'issued') return [`${heardOn ? 'over' : status} ${counts}`];
  return [`issued ${issued.discountUntil !== null && on <= issued.discountUntil} ${counts}`];
}
