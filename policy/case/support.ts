import { type Day, longDay } from '../calendar/day.ts';
import type { Role } from '../people/roles.ts';
import { Refusal } from '../refusal.ts';
import type { Offer } from './decision.ts';
import type { CaseInput } from './input.ts';
import type { Telling } from './telling.ts';

/** Support in a case's plan: what came of it, since when, and when it was first offered. Older ledgers do not know the days. */
export type Support = Offer & { on?: Day; since?: Day };

/** The plan after something was offered or answered: each kind stands in it once, as it is now. */
export function planAfter(plan: readonly Support[], offers: readonly Offer[], on: Day): Support[] {
  const after = [...plan];
  for (const { kind, response } of offers) {
    const place = after.findLastIndex((known) => known.kind === kind);
    const known = after[place];
    if (!known) after.push({ kind, response, on, since: on });
    else if (known.response !== response) after[place] = { ...known, response, since: on };
  }
  return after;
}

/**
 * Notes what came of support after the call or the meeting at which it was offered: accepted, declined, or given at last.
 * @throws Refusal if this role does not keep the plan, the day cannot be right, or nothing would change.
 */
export function noteSupport(t: Telling, { by, support, response, on }: Extract<CaseInput, { kind: 'support' }>): void {
  if (!mayKeepPlan.includes(by.role)) {
    throw new Refusal('Forbidden', 'The support plan is kept by the attendance officer and the senior attendance lead');
  }
  if (on > t.c.on) throw new Refusal('NotAllowed', 'Record support on or after its day, not before');
  const known = t.state.offers.findLast(({ kind }) => kind === support);
  if (known?.response === response) throw new Refusal('NotAllowed', `It is recorded as ${response} already`);
  const since = known?.since;
  if (since !== undefined && on < since) {
    throw new Refusal('NotAllowed', `The plan knows of it since ${longDay(since)}: choose that day or a later one`);
  }
  t.add({ type: 'support noted', support, response, on, words: t.c.words });
}

/** Who keeps the support plan; the headteacher stands in. */
export const mayKeepPlan: readonly Role[] = ['sal', 'attendance-officer', 'headteacher'];
