import type { Day } from '../../calendar/day.ts';
import type { ReferralState } from '../../referral/state.ts';
import { earlierNotices, type Facts, threeYearsBefore } from './facts.ts';

/** What stands against a notice posted on a day; null if nothing does. `noticeId` is the one that waits for it already. */
export function against(state: ReferralState, on: Day, postedOn: Day, facts: Facts, noticeId: string | null): string | null {
  const { sessions, age, lookedAfter, earlier, mayWrite } = facts;
  if (sessions < 10) return `it rests on ${sessions} sessions`;
  if (age !== 'of school age') return `the child is ${age} for school`;
  if (lookedAfter) return 'the child is looked after';
  if (!mayWrite) return 'the parent may not be written to';
  const waits = Object.entries(state.notices).some(
    ([id, { status }]) => id !== noticeId && (status === 'requested' || status === 'authorised'),
  );
  if (waits) return 'another one waits';
  return countedBefore(state, on, postedOn, earlier) < 2 ? null : 'it is the third in three years';
}

/** True of a notice that went before this day, or before it was heard that its ground is gone. */
export function wasPosted({ notices }: ReferralState, on: Day, postedOn: Day, noticeId: string): boolean {
  const { groundGone } = notices[noticeId] ?? {};
  return groundGone === undefined ? postedOn < on : postedOn <= groundGone;
}

/** What counts of a notice that was posted: its sessions, the child and the parent were looked at before. */
export const knownWhenPosted = (facts: Facts): Facts => ({ ...facts, sessions: 10, lookedAfter: false, mayWrite: true });

/** True of an authorised notice that was posted while it had its ground, and is none too many. */
export function postedWithGround(state: ReferralState, on: Day, postedOn: Day, facts: Facts, noticeId: string): boolean {
  const { authorisedOn } = state.notices[noticeId] ?? {};
  const inTime = authorisedOn && authorisedOn <= postedOn && wasPosted(state, on, postedOn, noticeId);
  return Boolean(inTime) && [on, postedOn].every((day) => against(state, on, day, knownWhenPosted(facts), noticeId) === null);
}

/** Notices in the three years to a day, of this referral and of others. */
export function countedBefore({ notices }: ReferralState, on: Day, postedOn: Day, earlier: Facts['earlier']): number {
  const own = Object.values(notices).flatMap(({ issued, status }) => (issued ? [{ issuedOn: issued.issuedOn, status }] : []));
  return [...own, ...earlierNotices(on, earlier)].filter(
    ({ issuedOn, status }) => status !== 'withdrawn' && status !== 'acquitted' && issuedOn > threeYearsBefore(postedOn),
  ).length;
}
