import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import type { AuthorityProfile } from '../referral/authority.ts';
import type { SimulatedPupil } from './pupil.ts';

/** A school of which a year is known: what a simulation runs a policy on. */
export type SimulatedSchool = {
  calendar: SchoolCalendar;
  /** The calendar that a pupil has, where a part of the school was closed. */
  calendarOf: (pupilId: string) => SchoolCalendar;
  pupils: SimulatedPupil[];
  /** What the authority that it refers to decides for itself. */
  authority: AuthorityProfile;
};
