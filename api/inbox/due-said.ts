import { durationSaid } from '../../policy/calendar/count-on.ts';
import { isByTheClock } from '../../policy/case/due.ts';
import type { Proposal } from '../../policy/case/proposal.ts';

/** "14 September 2026, by 09:30". In a practice school, whose clock knows days alone, "14 September 2026, within 1 hour". */
export function dueSaid({ dueAt, dueIn }: Pick<Proposal, 'dueAt' | 'dueIn'>, day: string): string {
  if (dueAt !== undefined) return `${day}, by ${dueAt}`;
  return typeof dueIn === 'object' && isByTheClock(dueIn) ? `${day}, within ${durationSaid(dueIn)}` : day;
}
