import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  daysBetween,
  isDay,
  londonDay,
  londonInstant,
  londonTime,
  longDay,
  mondayOf,
  shortDay,
  weekday,
} from '../../../policy/calendar/day.ts';

describe('days', () => {
  it.each([
    ['over the end of February in a leap year', '2028-02-28', 2, '2028-03-01'],
    ['over the end of February in another', '2027-02-28', 2, '2027-03-02'],
    ['over the day the clocks go forward', '2026-03-28', 2, '2026-03-30'],
    ['over the day the clocks go back', '2026-10-24', 2, '2026-10-26'],
    ['back over a new year', '2027-01-01', -1, '2026-12-31'],
  ])('are added %s', (_, day, n, expected) => {
    expect([addDays(day, n), daysBetween(day, expected)]).toEqual([expected, n]);
  });

  it('know their place in the week', () => {
    expect(['2026-09-14', '2026-09-19', '2026-09-20'].map((day) => [weekday(day), mondayOf(day)])).toEqual([
      [1, '2026-09-14'],
      [6, '2026-09-14'],
      [7, '2026-09-14'],
    ]);
  });

  it.each([
    ['a leap day', '2028-02-29', true],
    ['no leap day', '2026-02-29', false],
    ['a thirteenth month', '2026-13-01', false],
    ['short forms', '2026-2-9', false],
    ['British order', '29/02/2028', false],
    ['a time after it', '2026-09-14T09:00', false],
    ['a line after it', '2026-09-14\n', false],
    ['nothing', '', false],
  ])('are real or not: %s', (_, text, real) => expect(isDay(text)).toBe(real));

  it('are written in words', () => {
    expect([longDay('2026-09-14'), shortDay('2026-09-14'), shortDay('2027-05-03')]).toEqual([
      'Monday 14 September 2026',
      '14 Sep 2026',
      '3 May 2027',
    ]);
  });
});

describe('clocks in London', () => {
  it.each([
    ['an evening in summer is already the next day', Date.UTC(2026, 6, 1, 23, 30), '2026-07-02', '00:30'],
    ['an evening in winter is not', Date.UTC(2026, 0, 1, 23, 30), '2026-01-01', '23:30'],
    ['a batch at midnight UTC in summer runs on the same date', Date.UTC(2026, 6, 1), '2026-07-01', '01:00'],
    ['the last minute before the clocks go forward', Date.UTC(2026, 2, 29, 0, 59), '2026-03-29', '00:59'],
    ['the first minute after it', Date.UTC(2026, 2, 29, 1, 0), '2026-03-29', '02:00'],
    ['the last minute before the clocks go back', Date.UTC(2026, 9, 25, 0, 59), '2026-10-25', '01:59'],
    ['the first minute after it', Date.UTC(2026, 9, 25, 1, 0), '2026-10-25', '01:00'],
    ['the last minute of the longest day of the year', Date.UTC(2026, 9, 25, 23, 59), '2026-10-25', '23:59'],
  ])('%s', (_, at, day, time) => {
    expect([londonDay(at), londonTime(at)]).toEqual([day, time]);
  });

  it.each([
    ['seven in summer', '2026-07-01', '07:00', Date.UTC(2026, 6, 1, 6)],
    ['seven in winter', '2026-12-01', '07:00', Date.UTC(2026, 11, 1, 7)],
    ['seven on the day the clocks go forward', '2026-03-29', '07:00', Date.UTC(2026, 2, 29, 6)],
    ['seven on the day the clocks go back', '2026-10-25', '07:00', Date.UTC(2026, 9, 25, 7)],
    ['half past midnight in summer, still yesterday in UTC', '2026-07-01', '00:30', Date.UTC(2026, 5, 30, 23, 30)],
    ['a time that spring skips is an hour on', '2026-03-29', '01:30', Date.UTC(2026, 2, 29, 1, 30)],
    ['a time that autumn has twice is the first', '2026-10-25', '01:30', Date.UTC(2026, 9, 25, 0, 30)],
  ])('show %s', (_, day, time, at) => expect(londonInstant(day, time)).toBe(at));

  it('show at every instant of a day the time that leads back to it', () => {
    fc.assert(
      fc.property(fc.nat(1500), fc.nat(23), fc.nat(59), (offset, hour, minute) => {
        const day = addDays('2025-01-01', offset);
        const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
        const at = londonInstant(day, time);
        const skipped = hour === 1 && londonTime(at) !== time;
        return londonDay(at) === day && (skipped || londonTime(at) === time);
      }),
    );
  });
});
