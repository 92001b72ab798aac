import type { Day } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import type { AuthorityProfile } from '../referral/authority.ts';
import { type Assumptions, everybodyWho } from './assumptions.ts';
import type { SimulatedPupil } from './pupil.ts';
import { storyOf, type Told } from './story.ts';

export type SimulatedStory = { pupil: SimulatedPupil; told: Told[] };
export type YearSetting = {
  pack: Pack;
  calendar: SchoolCalendar;
  /** The calendar that a pupil has, where a part of the school was closed. */
  calendarFor?: (pupil: SimulatedPupil) => SchoolCalendar;
  assumptions: Assumptions;
  authority: AuthorityProfile;
  from: Day;
  until: Day;
};

/** A school's year under a policy, a pupil at a time: nothing of those who went before is held. */
export function* yearOf(
  pupils: Iterable<SimulatedPupil>,
  { assumptions, authority, calendarFor, ...setting }: YearSetting,
): Generator<SimulatedStory> {
  for (const pupil of pupils) {
    const calendar = calendarFor?.(pupil) ?? setting.calendar;
    yield { pupil, told: storyOf(pupil, { ...setting, calendar, ...everybodyWho(assumptions, pupil.id, authority) }) };
  }
}
