import { describe, expect, it } from '@jest/globals';
import { addWorkingDays, isBankHoliday, isWorkingDay, lastKnownYear } from '../../../policy/calendar/bank-holidays.ts';
import { addDays, weekday } from '../../../policy/calendar/day.ts';

/** Easter Sunday by the anonymous Gregorian rule: a second opinion on the dates that are kept. */
function easterOf(year: number): string {
  const a = year % 19;
  const b = Math.floor(year / 100);
  const c = year % 100;
  const e = b % 4;
  const g = Math.floor((8 * b + 13) / 25);
  const h = (19 * a + b - Math.floor(b / 4) - g + 15) % 30;
  const l = (32 + 2 * e + 2 * Math.floor(c / 4) - h - (c % 4)) % 7;
  const m = Math.floor((a + 11 * h + 19 * l) / 433);
  const month = Math.floor((h + l - 7 * m + 90) / 25);
  const day = (h + l - 7 * m + 33 * month + 19) % 32;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

const years = Array.from({ length: lastKnownYear - 2023 }, (_, i) => 2024 + i);
const daysOf = (year: number): string[] => Array.from({ length: 365 }, (_, i) => addDays(`${year}-01-01`, i));

describe('bank holidays', () => {
  it('are kept for the year after next: if this fails, add a year from gov.uk to policy/calendar/bank-holidays.ts', () => {
    const wanted = new Date().getUTCFullYear() + 2;
    const mended =
      lastKnownYear >= wanted || `add the bank holidays of ${lastKnownYear + 1} to ${wanted} as gov.uk publishes them`;
    expect(mended).toBe(true);
  });

  it.each(years)('of %i are eight, all from Monday to Friday, with Easter in its place', (year) => {
    const kept = daysOf(year).filter(isBankHoliday);
    expect([kept.length, kept.every((day) => weekday(day) <= 5)]).toEqual([8, true]);
    expect(kept).toEqual(expect.arrayContaining([addDays(easterOf(year), -2), addDays(easterOf(year), 1)]));
  });

  it.each([
    ['Boxing Day 2026, a Saturday, moves to Monday', '2026-12-26', '2026-12-28'],
    ['Christmas 2027, a Saturday, moves to Monday', '2027-12-25', '2027-12-27'],
    ['Boxing Day 2027, a Sunday, moves to Tuesday', '2027-12-26', '2027-12-28'],
    ['New Year 2028, a Saturday, moves to Monday', '2028-01-01', '2028-01-03'],
  ])('%s', (_, day, substitute) => {
    expect([isBankHoliday(day), isBankHoliday(substitute)]).toEqual([false, true]);
  });
});

describe('working days', () => {
  it.each([
    ['over a weekend', '2026-03-27', 2, '2026-03-31'],
    ['over Easter', '2026-04-02', 2, '2026-04-08'],
    ['over Christmas 2026 and its substitute day', '2026-12-24', 2, '2026-12-30'],
    ['from a Sunday', '2026-09-13', 1, '2026-09-14'],
    ['in half-term, which is no holiday for the post', '2026-10-26', 2, '2026-10-28'],
  ])('are counted %s', (_, from, n, expected) => expect(addWorkingDays(from, n)).toBe(expected));

  it('include days when the school is closed for INSET, and no weekend', () => {
    expect(['2026-09-01', '2026-09-05', '2026-12-28'].map(isWorkingDay)).toEqual([true, false, false]);
  });
});
