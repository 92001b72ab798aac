import type { Day } from '../calendar/day.ts';
import type { Role } from '../people/roles.ts';
import type { Offer } from './decision.ts';

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

/** Who keeps the support plan; the headteacher stands in. */
export const mayKeepPlan: readonly Role[] = ['sal', 'attendance-officer', 'headteacher'];
