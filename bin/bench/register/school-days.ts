import type { Day } from '../../../policy/calendar/day.ts';
import type { Period } from '../../../policy/calendar/period.ts';
import { schoolCalendar, schoolDaysBetween, schoolYearStart } from '../../../policy/calendar/school-calendar.ts';

/** The date of the bench's schools, whatever the machine's clock says: in the middle of an autumn term, so that percentages mean something. */
export const today: Day = '2026-11-25';

const term = (from: Day, to: Day): Period => ({ kind: 'term', label: 'Term', from, to });

/** Four school years of 190 days or so. */
export const periods: Period[] = [2023, 2024, 2025, 2026].flatMap((year) => [
  term(`${year}-09-03`, `${year}-10-24`),
  term(`${year}-11-03`, `${year}-12-19`),
  term(`${year + 1}-01-05`, `${year + 1}-02-13`),
  term(`${year + 1}-02-23`, `${year + 1}-03-27`),
  term(`${year + 1}-04-13`, `${year + 1}-05-22`),
  term(`${year + 1}-06-01`, `${year + 1}-07-21`),
]);

export const calendar = schoolCalendar(periods);
export const yearStart = schoolYearStart(today);

/** The school days of the last three years up to today. */
export const lastThreeYears = schoolDaysBetween(calendar, '2023-11-26', today);
/** A whole school year. */
export const wholeYear = schoolDaysBetween(calendar, '2025-09-01', '2026-08-31');
