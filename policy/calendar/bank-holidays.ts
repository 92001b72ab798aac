import { addDays, type Day, weekday } from './day.ts';

/**
 * Bank holidays in England and Wales, substitute days included, as gov.uk publishes them. Kept as data because royal
 * days come one at a time. A test fails when the year after next is missing.
 */
const bankHolidays: readonly Day[] = [
  ...['2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26'],
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'],
];

const known = new Set(bankHolidays);

/** The last year whose bank holidays are kept here. */
export const lastKnownYear = Number((bankHolidays.at(-1) as Day).slice(0, 4));

export const isBankHoliday = (day: Day): boolean => known.has(day);

/** Monday to Friday, less bank holidays. An INSET day is a working day though it is no school day. */
export const isWorkingDay = (day: Day): boolean => weekday(day) <= 5 && !isBankHoliday(day);

/** The day that is so many working days after a day, which is not counted itself. */
export function addWorkingDays(day: Day, n: number): Day {
  let on = day;
  for (let left = n; left > 0; ) {
    on = addDays(on, 1);
    if (isWorkingDay(on)) left--;
  }
  return on;
}

/** The bank holidays from one day to another, both included. */
export const bankHolidaysBetween = (from: Day, to: Day): Day[] => bankHolidays.filter((day) => from <= day && day <= to);
