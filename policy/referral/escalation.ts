import type { Day } from '../calendar/day.ts';
import { addSchoolDays } from '../calendar/school-calendar.ts';
import type { By } from '../case/input.ts';
import type { Role } from '../people/roles.ts';
import type { ReferralCircumstances } from './circumstances.ts';
import { dueIn, type ReferralAction, type ReferralProposal } from './proposal.ts';

type Knows = Pick<ReferralCircumstances, 'authority'>;
type Undecided = Pick<ReferralProposal, 'action' | 'role' | 'alsoRole' | 'madeOn'>;

/** School days that most things are given: for an authority that never passes anything on, more than these is long. */
const usual = 5;

/**
 * After how many school days whoever has not decided is reminded, and whoever stands in is asked as well. Where more time is given
 * than that, as for proceedings in court, the reminder comes on the day it is due, and it is passed on the school day after.
 */
export function waitsFor({ what }: ReferralAction, { authority }: Knows): { remind: number; passOn: number | undefined } {
  const { 'remind after': remind, 'escalate after': passOn } = authority.waiting;
  const given = dueIn[what];
  if (given <= (passOn ?? usual)) return { remind, passOn };
  return { remind: given, passOn: passOn && given + 1 };
}

/** Whom else an undecided proposal is put before, and on which day; null if nobody stands in, or they have it already. */
export function passedOnTo(
  { action, role, alsoRole, madeOn }: Undecided,
  { authority, calendar }: Knows & Pick<ReferralCircumstances, 'calendar'>,
): { to: Role; on: Day } | null {
  const to = authority['stands in'][role];
  const after = waitsFor(action, { authority }).passOn;
  return alsoRole !== null || to === undefined || after === undefined ? null : { to, on: addSchoolDays(calendar, madeOn, after) };
}

/** True if this person has the role, or stands in for whoever has it. */
export const mayActAs = (role: Role, by: By, { authority }: Knows): boolean =>
  by.role === role || by.role === authority['stands in'][role];
