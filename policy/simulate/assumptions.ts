import type { Proposal } from '../case/proposal.ts';
import type { Role } from '../people/roles.ts';
import { aboutOf } from './example.ts';
import { agreed, declined, type People, type Reply } from './people.ts';

/** What is assumed of people, all of it: a simulation knows nothing else of them. Shares are in percent. */
export type Assumptions = {
  seed: number;
  /** School days until somebody of a role has decided. */
  decidesAfter: Partial<Record<Role, number>> & { otherwise: number };
  /** Of what is proposed, so much is declined. */
  declined: number;
  /** Of calls, so many reach the family; of meetings, to so many the family comes. */
  reached: number;
  comes: number;
  /** Minutes that a decision of a kind takes, and the hours a week that a role has for this work. */
  minutes: Record<'call' | 'letter' | 'meeting' | 'task' | 'referral' | 'other', number>;
  hoursAWeek: Partial<Record<Role, number>>;
};

export const usual: Assumptions = {
  seed: 1,
  decidesAfter: { 'class-teacher': 2, headteacher: 2, otherwise: 1 },
  declined: 5,
  reached: 80,
  comes: 70,
  minutes: { call: 20, letter: 5, meeting: 60, task: 20, referral: 45, other: 10 },
  hoursAWeek: { 'class-teacher': 10, 'attendance-officer': 25, sal: 10, headteacher: 2, dsl: 3, senco: 2 },
};

/**
 * People who do as is assumed. Which proposal is declined or not reached follows from the seed,
 * the pupil, what is proposed and the day alone.
 */
export const peopleWho =
  (assumed: Assumptions, pupilId: string): People =>
  (proposal, calendar, on): Reply => {
    const after = assumed.decidesAfter[proposal.role] ?? assumed.decidesAfter.otherwise;
    const chance = (what: string) =>
      percentOf(`${assumed.seed} ${pupilId} ${aboutOf(proposal.action)} ${proposal.madeOn} ${what}`);
    if (chance('declines') < assumed.declined && !mustBeAnswered(proposal)) return { after, decision: declined };
    const decision = agreed(proposal, calendar, on);
    if (decision.choice === 'called' && chance('reached') >= assumed.reached)
      return { after, decision: { ...decision, reached: false } };
    if (decision.choice === 'met' && chance('comes') >= assumed.comes)
      return { after, decision: { ...decision, happened: 'not attended' } };
    return { after, decision };
  };

const mustBeAnswered = ({ action }: Proposal): boolean =>
  action.what === 'answer' || action.what === 'missing marks' || action.what === 'letter in question';

/** 0 to 99, evenly, and always the same for the same words (FNV-1a). */
function percentOf(words: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193) >>> 0;
  return hash % 100;
}
