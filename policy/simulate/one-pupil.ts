import type { Pack } from '../pack/pack.ts';
import type { AuthorityProfile } from '../referral/authority.ts';
import { type Assumptions, everybodyWho } from './assumptions.ts';
import type { SimulatedPupil } from './pupil.ts';
import { type Setting, storyOf, type Told } from './story.ts';

/** What is the same whatever is tried for a pupil: the days, what is assumed of people, and the authority. */
export type PupilYear = Pick<Setting, 'calendar' | 'from' | 'until'> & {
  pupil: SimulatedPupil;
  assumptions: Assumptions;
  authority: AuthorityProfile;
};

/** One pupil's year under a policy, just as it is in a simulation of the whole school. */
export const pupilStory = ({ pupil, assumptions, authority, ...days }: PupilYear, pack: Pack): Told[] =>
  storyOf(pupil, { ...days, pack, ...everybodyWho(assumptions, pupil.id, authority) });
