import type { Day } from '../../policy/calendar/day.ts';
import type { Role } from '../../policy/people/roles.ts';
import { aboutOf } from '../../policy/simulate/example.ts';
import type { Told } from '../../policy/simulate/story.ts';
import type { Entry } from '../../prisma/ledger.ts';
import { sayCase } from '../cases/timeline.ts';
import { partsOf } from '../ledger/story.ts';
import { sayReferral } from '../referrals/timeline.ts';

/** One thing that happened in a simulated case: what, by whom if a person did it, and if it was proposed under which clause and about what. */
export type StoryLine = {
  on: Day;
  says: string;
  detail: string | null;
  by: Role | null;
  clause: string | null;
  about: string | null;
};

/** A pupil's simulated year in the words of the pages of case and referral: what was proposed, who decided when, what followed. */
export function storyLines(told: readonly Told[]): StoryLine[] {
  const tellers = new Map<string, (one: Told) => StoryLine[]>();
  for (const matter of new Set(told.map(matterOf))) tellers.set(matter, tellerOf(told.filter((one) => matterOf(one) === matter)));
  // What the case hears from the authority is told where it happened.
  const toldThere = told.some(({ referral }) => referral !== undefined);
  return told.flatMap((one) =>
    toldThere && one.event.type === 'referral outcome' ? [] : (tellers.get(matterOf(one))?.(one) ?? []),
  );
}

/** Of two cases, the one that followed names its proposals as the first did. */
const matterOf = ({ of, referral }: Told): string => referral ?? `case ${of}`;

function tellerOf(told: readonly Told[]): (one: Told) => StoryLine[] {
  const sayAll = told[0]?.referral === undefined ? sayCase([]) : sayReferral(() => 'the parent');
  const say = sayAll(told.map(({ event }) => ({ event: event as unknown as Entry })));
  const roles = new Map(
    told.flatMap(({ event }) => (event.type === 'proposed' ? [[event.proposal.key, event.proposal.role]] : [])),
  );
  return ({ on, event }) => {
    const tells = say(event as unknown as Entry);
    if (tells === null) return [];
    const [says, detail] = partsOf(tells.said);
    const proposal = event.type === 'proposed' ? event.proposal : null;
    // Who is asked is who answers: a simulation knows people by their roles alone.
    const by = tells.personal && 'key' in event ? (roles.get(event.key ?? '') ?? null) : null;
    return [
      {
        ...{ on, says, by },
        detail: proposal ? [proposal.sentence, detail].filter(Boolean).join('. ') : detail,
        clause: proposal?.evidence.clause ?? null,
        about: proposal && aboutOf(proposal.action),
      },
    ];
  };
}
