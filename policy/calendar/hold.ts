import { Refusal } from '../refusal.ts';
import type { Day } from './day.ts';
import { addSchoolDays, type SchoolCalendar } from './school-calendar.ts';

/**
 * What a person holds comes back: after today, and within 30 school days.
 * @throws Refusal('NotAllowed') if this day is no such day.
 */
export function mustComeBack({ calendar, on }: { calendar: SchoolCalendar; on: Day }, until: Day): void {
  if (until <= on) throw new Refusal('NotAllowed', 'Choose a day after today', { concerns: 'until' });
  if (until > addSchoolDays(calendar, on, 30))
    throw new Refusal('NotAllowed', 'Hold for at most 30 school days', { concerns: 'until' });
}
