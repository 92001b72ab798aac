import { Refusal } from '../refusal.ts';
import type { Day } from './day.ts';
import { addSchoolDays, isSchoolDay, type SchoolCalendar } from './school-calendar.ts';

/**
 * A family is asked to school on a day of school, after today and within 30 school days: another is a slip of the hand.
 * @throws Refusal('NotAllowed') if this day is no such day.
 */
export function mustBeMeetingDay({ calendar, on }: { calendar: SchoolCalendar; on: Day }, day: Day): void {
  if (day <= on) throw new Refusal('NotAllowed', 'Choose a day for the meeting after today', { concerns: 'meeting' });
  if (!isSchoolDay(calendar, day))
    throw new Refusal('NotAllowed', 'There is no school on that day: choose another for the meeting', { concerns: 'meeting' });
  if (day > addSchoolDays(calendar, on, 30))
    throw new Refusal('NotAllowed', 'Choose a day for the meeting within 30 school days', { concerns: 'meeting' });
}
