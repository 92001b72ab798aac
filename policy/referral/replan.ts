import { isSchoolDay, nextSchoolDay } from '../calendar/school-calendar.ts';
import { proposalMoves } from '../case/move.ts';
import { waitsFor } from './escalation.ts';
import type { ReferralMove } from './move.ts';
import { dueIn } from './proposal.ts';
import type { ReferralTelling } from './telling.ts';

/** Counts what the referral keeps anew, by the calendar as it is now, and notes what moved and why. */
export function replan(t: ReferralTelling): void {
  const { calendar, on } = t.c;
  const { improvement, contract, proposals, reviewClosed } = t.state;
  const judged = improvement?.status === 'running' ? nextSchoolDay(calendar, improvement.until) : null;
  const review = contract?.status === 'running' ? contract.reviews[contract.reviewed.length] : undefined;
  const moves: ReferralMove[] = [
    ...(improvement && judged !== null && judged !== improvement.judgedOn
      ? [{ what: 'notice judged' as const, was: improvement.judgedOn, is: judged }]
      : []),
    ...(review !== undefined && review >= on && review !== reviewClosed && !isSchoolDay(calendar, review)
      ? [{ what: 'review' as const, on: review }]
      : []),
    ...proposalMoves(Object.values(proposals), calendar, {
      remindAfter: ({ action }) => waitsFor(action, t.c).remind,
      dueIn: ({ action }) => dueIn[action.what],
    }),
  ];
  if (moves.length > 0) t.add({ type: 'replanned', moves, why: t.c.words });
}
