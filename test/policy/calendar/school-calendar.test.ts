import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isBankHoliday, lastKnownYear } from '../../../policy/calendar/bank-holidays.ts';
import { addDays, isDay, londonDay, londonInstant, londonTime } from '../../../policy/calendar/day.ts';
import {
  addSchoolDays,
  CalendarEnds,
  isSchoolDay,
  lastSchoolWeeks,
  nextSchoolDay,
  type Period,
  schoolCalendar,
  schoolYearOf,
} from '../../../policy/calendar/school-calendar.ts';

const term = (from: string, to: string): Period => ({ kind: 'term', from, to, label: 'Term' });
const calendar = schoolCalendar([
  term('2026-04-13', '2026-07-21'),
  { kind: 'half-term', from: '2026-05-25', to: '2026-05-29', label: 'Half-term' },
  term('2026-09-02', '2026-12-18'),
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'Half-term' },
  term('2027-01-04', '2027-03-25'),
]);

describe('school days', () => {
  it.each([
    ['ten from Monday 18 May over half-term', '2026-05-18', 10, true, '2026-06-05'],
    ['ten from Monday 14 December over Christmas', '2026-12-14', 10, true, '2027-01-08'],
    ['ten after Monday 14 September', '2026-09-14', 10, false, '2026-09-28'],
    ['one from a Saturday', '2026-09-19', 1, true, '2026-09-21'],
    ['none at all', '2026-09-14', 0, false, '2026-09-14'],
  ])('%s', (_, from, n, startCounted, expected) => {
    expect(addSchoolDays(calendar, from, n, { startCounted })).toBe(expected);
  });

  it('leaves out weekends, half-term and bank holidays', () => {
    expect(['2026-09-14', '2026-09-12', '2026-10-28', '2026-05-04'].map((day) => isSchoolDay(calendar, day))).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it('says which terms to add when the calendar ends', () => {
    expect(() => nextSchoolDay(calendar, '2027-03-25')).toThrow(CalendarEnds);
    expect(() => nextSchoolDay(calendar, '2027-03-25')).toThrow(/Thursday 25 March 2027.*Add the next terms/);
  });

  it('never lands on a day without school', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), (offset, n) => {
        const day = addSchoolDays(calendar, addDays('2026-04-13', offset), n);
        return isSchoolDay(calendar, day);
      }),
    );
  });

  it('counts school weeks over the summer holiday and never the empty ones', () => {
    expect(lastSchoolWeeks(calendar, '2026-10-25', 10)).toEqual([
      '2026-07-13',
      '2026-07-20',
      '2026-08-31',
      '2026-09-07',
      '2026-09-14',
      '2026-09-21',
      '2026-09-28',
      '2026-10-05',
      '2026-10-12',
      '2026-10-19',
    ]);
  });

  it('names school years', () => {
    expect(['2026-08-31', '2026-09-01', '2027-07-20'].map(schoolYearOf)).toEqual(['2025/26', '2026/27', '2026/27']);
  });
});

describe('dates and clocks in London', () => {
  it.each([
    ['an evening in summer is already the next day', Date.UTC(2026, 6, 1, 23, 30), '2026-07-02', '00:30'],
    ['an evening in winter is not', Date.UTC(2026, 0, 1, 23, 30), '2026-01-01', '23:30'],
  ])('%s', (_, at, day, time) => {
    expect([londonDay(at), londonTime(at)]).toEqual([day, time]);
  });

  it.each([
    ['summer time', '2026-07-01', '07:00', Date.UTC(2026, 6, 1, 6)],
    ['winter time', '2026-12-01', '07:00', Date.UTC(2026, 11, 1, 7)],
    ['the day the clocks go forward', '2026-03-29', '07:00', Date.UTC(2026, 2, 29, 6)],
    ['the day the clocks go back', '2026-10-25', '07:00', Date.UTC(2026, 9, 25, 7)],
  ])('seven in the morning in %s', (_, day, time, at) => {
    expect(londonInstant(day, time)).toBe(at);
  });

  it('knows real dates', () => {
    expect(['2028-02-29', '2026-02-29', '2026-2-9', '29/02/2028'].map(isDay)).toEqual([true, false, false, false]);
  });
});

describe('bank holidays', () => {
  it('are kept for the year after next: if this fails, add a year from gov.uk to policy/calendar/bank-holidays.ts', () => {
    expect(lastKnownYear).toBeGreaterThanOrEqual(new Date().getUTCFullYear() + 2);
  });

  it('fall on their substitute days', () => {
    expect(['2026-12-28', '2027-12-27', '2028-01-03', '2026-12-26'].map(isBankHoliday)).toEqual([true, true, true, false]);
  });
});
