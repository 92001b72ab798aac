import { z } from 'zod';
import { addDays, type Day } from '../../calendar/day.ts';
import {
  addSchoolDays,
  CalendarEnds,
  type SchoolCalendar,
  schoolDaysBetween,
  schoolYearStart,
} from '../../calendar/school-calendar.ts';
import { counted as numbered } from '../../counted.ts';
import { lawOn } from '../../law/rule-sets.ts';
import { type Mark, sessionId, within } from '../mark.ts';
import { counted } from './figure.ts';
import { measure } from './measure.ts';

/**
 * The last day to find the reason of an absence on this day: five school days after it (SI 2024/208 reg 10(7)). School days,
 * where guidance also says working days: the regulation decides. From the day after it an N has to be an O.
 * @throws CalendarEnds if the school's terms end before such a day.
 */
export const reasonDueOn = (cal: SchoolCalendar, on: Day): Day => addSchoolDays(cal, on, lawOn(on).reasonFoundIn.value);

/** The first day whose absences are still looked at: what was an N before the summer is due after it. */
export const unexplainedFrom = (today: Day): Day => schoolYearStart(addDays(today, -100));

/** Whether that day is past. While the school's terms do not reach so far, it is not. */
export function reasonOverdue(cal: SchoolCalendar, on: Day, today: Day): boolean {
  try {
    return reasonDueOn(cal, on) < today;
  } catch (error) {
    if (error instanceof CalendarEnds) return false;
    throw error;
  }
}

/**
 * N marks whose reason is still not known, each with the last day to find it.
 * @throws CalendarEnds if the school's terms end before such a day.
 */
export const openN = (marks: readonly Mark[], cal: SchoolCalendar, today: Day): { sessionId: string; dueOn: Day }[] =>
  marks.flatMap((mark) =>
    mark.code === 'N' && mark.on <= today ? [{ sessionId: sessionId(mark), dueOn: reasonDueOn(cal, mark.on) }] : [],
  );

/** The age of the oldest absence whose reason is still not known. */
export const unexplainedAge = measure({
  name: 'unexplained-age',
  label: 'Age of the oldest absence without a reason',
  unit: 'school days',
  counts:
    'School days since the oldest session that is still coded N, its own day not counted. An N is to be explained within five school days, then it becomes an O: at 6 that is overdue. An N of the last weeks of a school year is still looked at in the next.',
  source: 'SI 2024/208 reg 10(7)-(9)',
  minimum: 0,
  below: 'shown with a caution',
  params: z.strictObject({}),
  said: () => '',
  find({ marks, calendar, on }) {
    const span = { from: unexplainedFrom(on), to: on };
    const open = within(marks, span).filter(({ code }) => code === 'N');
    const [oldest] = open;
    if (!oldest) return { span, sessions: [], value: null, note: 'No absence without a reason is known' };
    const overdue = open.filter((mark) => reasonOverdue(calendar, mark.on, on)).length;
    const days = schoolDaysBetween(calendar, addDays(oldest.on, 1), on).length;
    const note =
      overdue > 0 ? `${numbered(overdue, 'session')} of ${open.length} without a reason for more than five school days` : null;
    return { span, sessions: open.map(counted), value: { is: 'school days', days }, note };
  },
});
