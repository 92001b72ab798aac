import type { Day } from '../calendar/day.ts';
import { actionSaid } from '../case/action-words.ts';
import type { Action } from '../case/proposal.ts';
import type { Pack } from '../pack/pack.ts';
import { referralAsks } from '../referral/action-words.ts';
import type { ReferralAction } from '../referral/proposal.ts';
import { aboutOf } from './example.ts';
import type { SimulatedStory } from './year.ts';

/** The first day on which two policies do something else for one pupil, and what each does, in its own words, under which clause. */
export type Difference = { pupil: string; on: Day; a: string | null; b: string | null };

type Asked = { on: Day; action: Action | ReferralAction; says: string; clause: string };

/** A pupil's story, and the policy under which it is told. */
type Under = SimulatedStory & { pack: Pack };

const askedIn = ({ told, pack }: Under): Asked[] =>
  told.flatMap(({ on, event, referral }): Asked[] => {
    if (event.type !== 'proposed') return [];
    const { action, evidence } = event.proposal;
    const says = referral === undefined ? actionSaid(action as Action, pack) : referralAsks(action as ReferralAction);
    return [{ on, action, says, clause: evidence.clause }];
  });

/** Where two stories of one pupil part; null if they ask for the same things on the same days. */
export function differenceOf(a: Under, b: Under): Difference | null {
  const [one, other] = [askedIn(a), askedIn(b)];
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [x, y] = [one[i], other[i]];
    if (x && y && x.on === y.on && aboutOf(x.action) === aboutOf(y.action)) continue;
    const on = [x?.on, y?.on].filter((day): day is Day => day !== undefined).sort()[0] ?? '';
    const said = (asked: Asked | undefined) => (asked?.on === on ? `${asked.says} (${asked.clause})` : null);
    return { pupil: a.pupil.id, on, a: said(x), b: said(y) };
  }
  return null;
}
