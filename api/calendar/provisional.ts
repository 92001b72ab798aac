import { addDays, type Day } from '../../policy/calendar/day.ts';
import { isProvisional, type SchoolCalendar } from '../../policy/calendar/school-calendar.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Db } from '../../prisma/client.ts';
import { calendarOf } from '../../prisma/register.ts';

/** What follows a date that was counted past the last term of a school's calendar: " (provisional: …)"; nothing otherwise. */
export const provisional = (calendar: SchoolCalendar, day: Day): string =>
  isProvisional(calendar, day) ? ' (provisional: the next terms are not in the calendar)' : '';

type Sure = Pick<CaseState, 'heldUntil' | 'proposals'> & { onRollTo: Day | null };

/**
 * The same of the day on which a case is looked at next. One that a person chose, or the first on which the pupil is not on the
 * roll any more, is no less sure for being far off.
 */
export function nextProvisional(calendar: SchoolCalendar, { heldUntil, proposals, onRollTo }: Sure, day: Day): string {
  const chosen = [heldUntil, ...Object.values(proposals).map((proposal) => proposal.heldUntil)];
  const sure = chosen.includes(day) || (onRollTo !== null && day === addDays(onRollTo, 1));
  return sure ? '' : provisional(calendar, day);
}

/** The calendars of these schools, each read once. */
export async function calendarsOf(db: Db, schoolIds: readonly string[]): Promise<ReadonlyMap<string, SchoolCalendar>> {
  const calendars = new Map<string, SchoolCalendar>();
  for (const id of new Set(schoolIds)) calendars.set(id, await calendarOf(db, id));
  return calendars;
}
