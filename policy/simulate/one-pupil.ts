import type { Pack } from '../pack/pack.ts';
import { type Assumptions, peopleWho } from './assumptions.ts';
import type { SimulatedPupil } from './pupil.ts';
import { type Setting, storyOf, type Told } from './story.ts';

/** What is the same whatever is tried for a pupil: the days, and what is assumed of people. */
export type PupilYear = Pick<Setting, 'calendar' | 'from' | 'until'> & { pupil: SimulatedPupil; assumptions: Assumptions };

/** One pupil's year under a policy, just as it is in a simulation of the whole school. */
export const pupilStory = ({ pupil, assumptions, ...days }: PupilYear, pack: Pack): Told[] =>
  storyOf(pupil, { ...days, pack, people: peopleWho(assumptions, pupil.id) });
