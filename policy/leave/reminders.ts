import { addDays, type Day } from '../calendar/day.ts';
import { isSchoolDay, type SchoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import type { Role } from '../people/roles.ts';
import { decidersOfLeave } from './leave.ts';

/** A request that nobody has decided: since which day it waits, and when somebody was told so. */
export type WaitingLeave = { since: Day; remindedOn: Day | null; escalatedOn: Day | null };

export type LeaveReminder = { type: 'reminded' | 'escalated'; role: Role };

/**
 * Who is told on a day that a request waits, as of any decision (the policy's "waiting"): who decides, once, and later once who
 * stands in. Holidays do not count, and nobody is told on a day without school.
 */
export function leaveReminders(
  pack: Pick<Pack, 'leave' | 'people' | 'waiting'>,
  calendar: SchoolCalendar,
  on: Day,
  { since, remindedOn, escalatedOn }: WaitingLeave,
): LeaveReminder[] {
  if (!isSchoolDay(calendar, on)) return [];
  const [decider, standIn] = decidersOfLeave(pack);
  const waited = schoolDaysBetween(calendar, addDays(since, 1), on).length;
  const told = (type: LeaveReminder['type'], role: Role | undefined, before: Day | null): LeaveReminder[] =>
    role !== undefined && before === null && waited >= pack.waiting[type === 'reminded' ? 'remind after' : 'escalate after']
      ? [{ type, role }]
      : [];
  return [...told('reminded', decider, remindedOn), ...told('escalated', standIn, escalatedOn)];
}
