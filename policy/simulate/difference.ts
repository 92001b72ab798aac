import type { Day } from '../calendar/day.ts';
import { aboutOf } from './example.ts';
import type { SimulatedStory } from './year.ts';

/** The first day on which two policies do something else for one pupil, and what each does under which clause. */
export type Difference = { pupil: string; on: Day; a: string | null; b: string | null };

type Asked = { on: Day; what: string; clause: string };

const askedIn = ({ told }: SimulatedStory): Asked[] =>
  told.flatMap(({ on, event }) =>
    event.type === 'proposed' ? [{ on, what: aboutOf(event.proposal.action), clause: event.proposal.evidence.clause }] : [],
  );

/** Where two stories of one pupil part; null if they ask for the same things on the same days. */
export function differenceOf(a: SimulatedStory, b: SimulatedStory): Difference | null {
  const [one, other] = [askedIn(a), askedIn(b)];
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [x, y] = [one[i], other[i]];
    if (x && y && x.on === y.on && x.what === y.what) continue;
    const on = [x?.on, y?.on].filter((day): day is Day => day !== undefined).sort()[0] ?? '';
    return { pupil: a.pupil.id, on, a: x && x.on === on ? said(x) : null, b: y && y.on === on ? said(y) : null };
  }
  return null;
}

const said = ({ what, clause }: Asked): string => `${what} (${clause})`;
