import { longDay } from '../calendar/day.ts';
import { Refusal } from '../refusal.ts';
import { yearFrom } from './figures.ts';
import type { CaseInput } from './input.ts';
import { mayKeepPlan } from './support-plan.ts';
import type { Telling } from './telling.ts';

/**
 * Notes what came of support after the call or the meeting at which it was offered: accepted, declined, or given at last.
 * @throws Refusal if this role does not keep the plan, the day cannot be right, or nothing would change.
 */
export function noteSupport(t: Telling, { by, support, response, on }: Extract<CaseInput, { kind: 'support' }>): void {
  if (!mayKeepPlan.includes(by.role)) {
    throw new Refusal('Forbidden', 'The support plan is kept by the attendance officer and the senior attendance lead');
  }
  if (on > t.c.on) throw new Refusal('NotAllowed', 'Record support on or after its day, not before', { concerns: 'on' });
  const known = t.state.offers.findLast(({ kind }) => kind === support);
  if (known?.response === response) throw new Refusal('NotAllowed', `It is recorded as ${response} already`);
  // Support may have begun before the case did.
  const since = known ? known.since : yearFrom(t.c);
  if (since !== undefined && on < since) {
    const first = known ? 'The plan knows of it since' : 'The plan is of the school year since';
    throw new Refusal('NotAllowed', `${first} ${longDay(since)}: choose that day or a later one`, { concerns: 'on' });
  }
  t.add({ type: 'support noted', support, response, on, words: t.c.words });
}
