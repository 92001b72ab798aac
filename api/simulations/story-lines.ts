import type { Day } from '../../policy/calendar/day.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import type { Proposal } from '../../policy/case/proposal.ts';
import type { Role } from '../../policy/people/roles.ts';
import { aboutOf } from '../../policy/simulate/example.ts';
import type { Told } from '../../policy/simulate/story.ts';
import type { Entry } from '../../prisma/ledger.ts';
import { sayCase } from '../cases/timeline.ts';
import { partsOf } from '../ledger/story.ts';

/** One thing that happened in a simulated case: what, by whom if a person did it, and if it was proposed under which clause and about what. */
export type StoryLine = {
  on: Day;
  says: string;
  detail: string | null;
  by: Role | null;
  clause: string | null;
  about: string | null;
};

/** A pupil's simulated year in the words of the case page: what was proposed, who decided when, what followed. */
export function storyLines(told: readonly Told[]): StoryLine[] {
  const tellers = new Map([...new Set(told.map(({ of }) => of))].map((of) => [of, teller(told.filter((one) => one.of === of))]));
  return told.flatMap((one) => tellers.get(one.of)?.(one) ?? []);
}

/** Says what happened in one case: of two, the one that followed names its proposals as the first did. */
function teller(told: readonly Told[]) {
  const say = sayCase([])(told.map(({ event }) => ({ event: event as unknown as Entry })));
  const proposals = new Map<string, Proposal>();
  return ({ on, event }: Told): StoryLine | null => {
    if (event.type === 'proposed') proposals.set(event.proposal.key, event.proposal);
    const tells = say(event as unknown as Entry);
    if (tells === null) return null;
    const [says, detail] = partsOf(tells.said);
    return {
      on,
      says,
      detail: withWhy(event, detail),
      by: tells.personal ? whoSaid(event, proposals) : null,
      clause: clauseOf(event),
      about: event.type === 'proposed' ? aboutOf(event.proposal.action) : null,
    };
  };
}

/** Who is asked is who answers: a simulation knows people by their roles alone. */
const whoSaid = (event: CaseEvent, proposals: ReadonlyMap<string, Proposal>): Role | null =>
  ('key' in event && proposals.get(event.key)?.role) || null;

const withWhy = (event: CaseEvent, detail: string | null): string | null =>
  event.type === 'proposed' ? [event.proposal.sentence, detail].filter(Boolean).join('. ') : detail;

const clauseOf = (event: CaseEvent): string | null => (event.type === 'proposed' ? event.proposal.evidence.clause : null);
