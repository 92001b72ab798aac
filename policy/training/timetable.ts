import type { Day } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { schoolCalendar, schoolDaysBetween } from '../calendar/school-calendar.ts';

const period = (kind: Period['kind'], label: string, from: Day, to: Day = from): Period => ({ kind, label, from, to });

/** The training school's year 2026/27, and the next autumn so that what runs on in July can be counted. */
export const periods: readonly Period[] = [
  period('term', 'Summer term 2026', '2026-04-13', '2026-07-21'),
  period('half-term', 'Summer half-term', '2026-05-25', '2026-05-29'),
  period('term', 'Autumn term 2026', '2026-09-01', '2026-12-18'),
  period('inset', 'Staff training', '2026-09-01'),
  period('half-term', 'Autumn half-term', '2026-10-26', '2026-10-30'),
  period('inset', 'Staff training', '2026-11-27'),
  period('term', 'Spring term 2027', '2027-01-04', '2027-03-25'),
  period('inset', 'Staff training', '2027-01-04'),
  period('half-term', 'Spring half-term', '2027-02-15', '2027-02-19'),
  period('term', 'Summer term 2027', '2027-04-12', '2027-07-21'),
  period('half-term', 'Summer half-term', '2027-05-31', '2027-06-04'),
  period('inset', 'Staff training', '2027-06-18'),
  period('inset', 'Staff training', '2027-07-02'),
  period('term', 'Autumn term 2027', '2027-09-02', '2027-12-17'),
  period('half-term', 'Autumn half-term', '2027-10-25', '2027-10-29'),
];

export const trainingCalendar = schoolCalendar(periods);

/** The first day of the register, and the day on which the training school opens. */
export const registerBegins: Day = '2026-09-02';
export const opensOn: Day = '2026-10-05';
/** The first cases are a school day old when it opens: nobody is late with a decision that they could not see. */
export const casesBegin: Day = '2026-10-02';

/** What every draw of the register is named after. Another seed is another year. */
export const seed = 'oakbridge 1';

/** The school days of the year that is made up. */
export const yearDays: readonly Day[] = schoolDaysBetween(trainingCalendar, registerBegins, '2027-07-21');
