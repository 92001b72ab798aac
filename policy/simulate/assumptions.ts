import type { Proposal } from '../case/proposal.ts';
import type { Role } from '../people/roles.ts';
import type { AuthorityProfile } from '../referral/authority.ts';
import { type AuthorityAssumed, type AuthorityPeople, authorityPeople } from './authority-people.ts';
import type { SimulatedAuthority } from './authority-side.ts';
import { percentOf } from './chance.ts';
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
  minutes: Record<'call' | 'letter' | 'meeting' | 'task' | 'referral' | 'contract' | 'notice' | 'other', number>;
  hoursAWeek: Partial<Record<Role, number>>;
  authority: AuthorityAssumed;
};

export const usual: Assumptions = {
  seed: 1,
  decidesAfter: { 'class-teacher': 2, headteacher: 2, ewo: 5, otherwise: 1 },
  declined: 5,
  reached: 80,
  comes: 70,
  minutes: { call: 20, letter: 5, meeting: 60, task: 20, referral: 45, contract: 60, notice: 30, other: 10 },
  hoursAWeek: { 'class-teacher': 10, 'attendance-officer': 25, sal: 10, headteacher: 2, dsl: 3, senco: 2, ewo: 5 },
  authority: {
    ...{ accepts: 90, contract: 60, 'weeks of contract': 8, signed: 70, kept: 50 },
    ...{ 'weeks of notice': 6, 'attendance wanted': 95, authorised: 90, paid: 75, 'pays after': 14, prosecuted: 80 },
  },
};

/**
 * People who do as is assumed. Which proposal is declined or not reached follows from the seed,
 * the pupil, what is proposed and the day alone.
 */
export const peopleWho =
  (assumed: Assumptions, pupilId: string): People =>
  (proposal, calendar, on): Reply => {
    const after = decidesAfter(assumed, proposal.role);
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

const decidesAfter = ({ decidesAfter: { otherwise, ...named } }: Assumptions, role: Role): number => named[role] ?? otherwise;

/** The same of the authority's side: the officer, the headteacher who authorises, and parents who sign and pay. */
export const authorityWho = (assumed: Assumptions, pupilId: string): AuthorityPeople =>
  authorityPeople({
    ...{ ...assumed.authority, comes: assumed.comes },
    after: (role) => decidesAfter(assumed, role),
    chance: (what) => percentOf(`${assumed.seed} ${pupilId} ${what}`),
  });

/** Everybody of a pupil's year: those whom the school asks, and the authority with this profile. */
export const everybodyWho = (
  assumed: Assumptions,
  pupilId: string,
  profile: AuthorityProfile,
): { people: People; authority: SimulatedAuthority } => ({
  people: peopleWho(assumed, pupilId),
  authority: { profile, people: authorityWho(assumed, pupilId) },
});
