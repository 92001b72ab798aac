import type { Day } from '../../calendar/day.ts';
import { addSchoolDays } from '../../calendar/school-calendar.ts';
import type { ReferralState } from '../../referral/state.ts';
import { calendar } from '../world.ts';
import { against } from './ground.ts';
import { dayMove, type Move, type Step, type World } from './moves.ts';
import type { Broken } from './promises.ts';

/** What an open referral breaks by standing as it does: it waits for nothing, or for what is over, or asks what has no ground. */
export function waitsBroken(world: World, { facts }: Move, { after }: Step): Broken[] {
  const { state, on } = after;
  const next = dayMove(world, after, facts);
  const lies = Object.keys(state.proposals).length === 0 && !runs(state);
  const over = whatIsOver(state, on, facts.period === 'unmarked');
  const groundless = Object.values(state.proposals).flatMap(({ action }) =>
    action.what === 'authorise penalty notice' || action.what === 'issue penalty notice'
      ? (against(state, on, on, facts, action.noticeId) ?? [])
      : [],
  );
  return [
    ...(next === null || next.on <= on ? [{ id: 'deadline', why: 'Nothing ever looks at it again by itself' } as const] : []),
    ...(lies ? [{ id: 'deadline', why: 'It asks nobody and waits for nothing' } as const] : []),
    ...over.map((what) => ({ id: 'wait-ends', why: `${what} is over and goes on` }) as const),
    ...groundless.map((why) => ({ id: 'taken-back', why: `A penalty notice is still asked for, and ${why}` }) as const),
  ];
}

const runs = ({ contract, improvement, notices }: ReferralState): boolean =>
  contract?.status === 'running' ||
  improvement?.status === 'running' ||
  Object.values(notices).some(({ status }) => status === 'issued');

/** What should have ended by a day. Marks that are missing are waited for, a school week. */
function whatIsOver({ contract, improvement, notices, proposals }: ReferralState, on: Day, unmarked: boolean): string[] {
  const asks = (what: string) => Object.values(proposals).some(({ action }) => action.what === what);
  const review = contract?.status === 'running' ? contract.reviews[contract.reviewed.length] : undefined;
  const judged = improvement?.status === 'running' ? addSchoolDays(calendar, improvement.judgedOn, unmarked ? 5 : 0) : null;
  return [
    ...(judged !== null && on >= judged ? ['The time of a notice to improve'] : []),
    ...(review !== undefined && on >= review && !asks('review contract') ? ['The time to a review of the contract'] : []),
    ...Object.values(notices).flatMap(({ status, issued }) =>
      status === 'issued' && issued && on > issued.fullUntil ? ['The time to pay a penalty notice'] : [],
    ),
    ...Object.values(proposals).flatMap(({ action, status, heldUntil }) =>
      status === 'held' && heldUntil !== null && on >= heldUntil ? [`The time for which "${action.what}" is held`] : [],
    ),
  ];
}
