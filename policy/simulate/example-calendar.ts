import type { Day } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { type SchoolCalendar, schoolCalendar } from '../calendar/school-calendar.ts';

const part = (kind: Period['kind'], from: Day, to: Day, label: string): Period => ({ kind, from, to, label });

/** The school years that the examples of policies are told in: made up, with the holidays that most schools of England have. */
const periods: readonly Period[] = [
  part('term', '2025-09-02', '2025-12-19', 'Autumn term'),
  part('half-term', '2025-10-27', '2025-10-31', 'Autumn half-term'),
  part('term', '2026-01-05', '2026-03-27', 'Spring term'),
  part('half-term', '2026-02-16', '2026-02-20', 'Spring half-term'),
  part('term', '2026-04-13', '2026-07-21', 'Summer term'),
  part('half-term', '2026-05-25', '2026-05-29', 'Summer half-term'),
  part('term', '2026-09-02', '2026-12-18', 'Autumn term'),
  part('half-term', '2026-10-26', '2026-10-30', 'Autumn half-term'),
  part('term', '2027-01-04', '2027-03-25', 'Spring term'),
  part('half-term', '2027-02-15', '2027-02-19', 'Spring half-term'),
  part('term', '2027-04-12', '2027-07-21', 'Summer term'),
  part('half-term', '2027-05-31', '2027-06-04', 'Summer half-term'),
  part('term', '2027-09-02', '2027-12-17', 'Autumn term'),
  part('half-term', '2027-10-25', '2027-10-29', 'Autumn half-term'),
];

/** That calendar, with some days on which the school is closed. */
export const exampleCalendar = (closed: readonly Day[] = []): SchoolCalendar =>
  schoolCalendar([...periods, ...closed.map((day) => part('closure', day, day, 'Closed'))]);
