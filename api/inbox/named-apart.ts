import { shortDay } from '../../policy/calendar/day.ts';
import { actionSaid } from '../../policy/case/action-words.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import { titleOf } from '../../policy/people/roles.ts';
import { proposed } from './words.ts';

/**
 * What is proposed in a case, each by its key: as a record names it, and where two are named alike, by as much more as tells them
 * apart: the policy's own words for it, who decides, since when it waits.
 */
export function namedApart(proposals: readonly Proposal[], pack: Pick<Pack, 'documents'>): ReadonlyMap<string, string> {
  const ways: ((one: Proposal) => string)[] = [
    proposed,
    ({ action }) => `${proposed({ action })}: ${actionSaid(action, pack)}`,
    ({ action, role }) => `${proposed({ action })}, for the ${titleOf(role)}`,
    ({ action, madeOn }) => `${proposed({ action })}, since ${shortDay(madeOn)}`,
    ({ action, role, madeOn }) => `${proposed({ action })}, for the ${titleOf(role)} since ${shortDay(madeOn)}`,
  ];
  return new Map(
    proposals.map((one) => {
      const apart = ways.find((say) => proposals.every((other) => other === one || say(other) !== say(one)));
      return [one.key, (apart ?? proposed)(one)];
    }),
  );
}
