import type { Day } from '../calendar/day.ts';
import { addSchoolDays } from '../calendar/school-calendar.ts';
import type { By } from '../case/input.ts';
import type { Role } from '../people/roles.ts';
import type { ReferralCircumstances } from './circumstances.ts';
import type { ReferralProposal } from './proposal.ts';

type Knows = Pick<ReferralCircumstances, 'authority'>;
type Undecided = Pick<ReferralProposal, 'role' | 'alsoRole' | 'madeOn'>;

/** Whom else an undecided proposal is put before, and on which day; null if nobody stands in, or they have it already. */
export function passedOnTo(
  { role, alsoRole, madeOn }: Undecided,
  { authority, calendar }: Knows & Pick<ReferralCircumstances, 'calendar'>,
): { to: Role; on: Day } | null {
  const to = authority['stands in'][role];
  const after = authority.waiting['escalate after'];
  return alsoRole !== null || to === undefined || after === undefined ? null : { to, on: addSchoolDays(calendar, madeOn, after) };
}

/** True if this person has the role, or stands in for whoever has it. */
export const mayActAs = (role: Role, by: By, { authority }: Knows): boolean =>
  by.role === role || by.role === authority['stands in'][role];
