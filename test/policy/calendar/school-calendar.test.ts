import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWorkingDay } from '../../../policy/calendar/bank-holidays.ts';
import { addDays, weekday } from '../../../policy/calendar/day.ts';
import type { Period } from '../../../policy/calendar/period.ts';
import {
  addSchoolDays,
  addSchoolWeeks,
  CalendarEnds,
  calendarFor,
  closedDays,
  goingOn,
  isSchoolDay,
  lastSchoolWeeks,
  nextSchoolDay,
  schoolCalendar,
  schoolDaysBetween,
  schoolWeeks,
  schoolYearOf,
  schoolYearStart,
  termOf,
} from '../../../policy/calendar/school-calendar.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { missingSessions } from '../../../policy/register/measures/missing-marks.ts';

const period = (kind: Period['kind'], from: string, to: string, label: string = kind): Period => ({ kind, from, to, label });
const periods = [
  period('term', '2027-01-04', '2027-03-25', 'Spring 2027'),
  period('term', '2026-04-13', '2026-07-21', 'Summer 2026'),
  period('half-term', '2026-05-25', '2026-05-29'),
  period('term', '2026-09-01', '2026-12-18', 'Autumn 2026'),
  period('inset', '2026-09-01', '2026-09-01'),
  period('closure', '2026-11-18', '2026-11-18', 'No heating'),
  period('half-term', '2026-10-26', '2026-10-30'),
  period('inset', '2026-11-02', '2026-11-06', 'A week of training'),
];
const calendar = schoolCalendar(periods);

describe('adding school days', () => {
  it.each([
    ['ten from Monday 18 May over half-term', '2026-05-18', 10, true, '2026-06-05'],
    ['ten after it, the start not counted', '2026-05-18', 10, false, '2026-06-08'],
    ['ten from Monday 14 December over Christmas', '2026-12-14', 10, true, '2027-01-08'],
    ['ten after it, the start not counted', '2026-12-14', 10, false, '2027-01-11'],
    ['ten after Monday 14 September', '2026-09-14', 10, false, '2026-09-28'],
    ['one from a Saturday', '2026-09-19', 1, true, '2026-09-21'],
    ['one from a Monday is the Monday', '2026-09-14', 1, true, '2026-09-14'],
    ['one over a closure', '2026-11-17', 1, false, '2026-11-19'],
    ['one from a closed day', '2026-11-18', 1, true, '2026-11-19'],
    ['none at all', '2026-09-14', 0, false, '2026-09-14'],
  ])('%s', (_, from, n, startCounted, expected) => {
    expect(addSchoolDays(calendar, from, n, { startCounted })).toBe(expected);
  });

  it('never lands on a day without school', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), fc.boolean(), (offset, n, startCounted) => {
        const day = addSchoolDays(calendar, addDays('2026-04-13', offset), n, { startCounted });
        return isSchoolDay(calendar, day);
      }),
    );
  });

  it('passes exactly as many school days as it was told', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.integer({ min: 1, max: 20 }), (offset, n) => {
        const from = addDays('2026-04-13', offset);
        return schoolDaysBetween(calendar, addDays(from, 1), addSchoolDays(calendar, from, n)).length === n;
      }),
    );
  });

  it.each([
    ['the next school day', () => nextSchoolDay(calendar, '2027-03-25')],
    ['five school days on', () => addSchoolDays(calendar, '2027-03-22', 5)],
    ['anything of an empty calendar', () => nextSchoolDay(schoolCalendar([]), '2027-03-25')],
  ])('says which terms to add when it ends before %s', (_, ask) => {
    expect(ask).toThrow(CalendarEnds);
    expect(ask).toThrow(/Add the next terms/);
  });

  it('goes on past its last term where dates may move: on weekdays, without bank holidays and the summer', () => {
    const known = goingOn(schoolCalendar([{ kind: 'term', from: '2027-04-12', to: '2027-07-14', label: 'Summer' }]));
    expect(addSchoolDays(known, '2027-07-13', 1)).toBe('2027-07-14');
    expect(addSchoolDays(known, '2027-07-13', 2)).toBe('2027-07-15');
    expect(addSchoolDays(known, '2027-07-13', 7)).toBe('2027-09-01');
    expect(addSchoolDays(known, '2027-07-21', 1, { startCounted: true })).toBe('2027-07-21');
    expect(nextSchoolDay(known, '2027-12-24')).toBe('2027-12-29');
    expect(addSchoolWeeks(known, '2027-07-07', 2)).toBe('2027-07-19');
    expect(addSchoolWeeks(known, '2027-07-07', 3)).toBe('2027-08-30');
    expect(isSchoolDay(known, '2027-09-02')).toBe(true);
    expect(isSchoolDay(known, '2027-08-02')).toBe(false);
    expect(schoolDaysBetween(known, '2027-07-12', '2027-09-30')).toEqual(['2027-07-12', '2027-07-13', '2027-07-14']);
    expect(nextSchoolDay(goingOn(schoolCalendar([])), '2027-03-29')).toBe('2027-03-30');
  });

  it('says where the calendar ends', () => {
    expect(() => nextSchoolDay(calendar, '2027-03-25')).toThrow(/ends on Thursday 25 March 2027/);
  });
});

describe('school days', () => {
  it.each([
    ['a Monday of term', '2026-09-14', true],
    ['a Saturday', '2026-09-12', false],
    ['half-term', '2026-10-28', false],
    ['May Day', '2026-05-04', false],
    ['the summer holiday', '2026-08-10', false],
    ['a closure', '2026-11-18', false],
    ['the last day of term', '2026-12-18', true],
    ['the day after it', '2026-12-21', false],
  ])('%s', (_, day, expected) => expect(isSchoolDay(calendar, day)).toBe(expected));

  it('leave out INSET days, which are working days', () => {
    expect([isSchoolDay(calendar, '2026-09-01'), isWorkingDay('2026-09-01')]).toEqual([false, true]);
  });

  it('between two days include both', () => {
    expect(schoolDaysBetween(calendar, '2026-11-16', '2026-11-20')).toEqual([
      '2026-11-16',
      '2026-11-17',
      '2026-11-19',
      '2026-11-20',
    ]);
    expect(schoolDaysBetween(calendar, '2026-11-20', '2026-11-16')).toEqual([]);
  });

  it('are the same from plain JSON, in any order, with terms that overlap', () => {
    const again: Period[] = JSON.parse(JSON.stringify([...periods, period('term', '2026-09-01', '2026-10-23')])).reverse();
    expect(schoolCalendar(again).days).toEqual(calendar.days);
    expect(calendar.days.every((day) => weekday(day) <= 5)).toBe(true);
  });

  it.each([
    ['backwards', '2026-12-18', '2026-09-02'],
    ['not a date', '2026-09-31', '2026-12-18'],
  ])('cannot be read from a term that is %s', (_, from, to) => {
    expect(() => schoolCalendar([period('term', from, to, 'Autumn')])).toThrow(Refusal);
    expect(() => schoolCalendar([period('term', from, to, 'Autumn')])).toThrow(/"Autumn".*the earlier one first/);
  });
});

describe('a closure of a part of the school', () => {
  const away = { part: 'Science block', yearGroups: [9], classes: ['8B'] };
  const leak: Period = { kind: 'closure', from: '2026-09-14', to: '2026-09-18', label: 'Leak', covers: away };
  const school = schoolCalendar([...periods, leak]);
  const [nine, eightB, eightA] = [
    calendarFor(school, { yearGroup: 9, className: '9A' }),
    calendarFor(school, { yearGroup: 8, className: '8B' }),
    calendarFor(school, { yearGroup: 8, className: '8A' }),
  ];

  it('takes its days from those it keeps away, and from nobody else', () => {
    expect([school.days, eightA.days]).toEqual([calendar.days, calendar.days]);
    for (const theirs of [nine, eightB]) {
      expect(schoolDaysBetween(theirs, '2026-09-11', '2026-09-21')).toEqual(['2026-09-11', '2026-09-21']);
      expect(addSchoolDays(theirs, '2026-09-11', 2)).toBe('2026-09-22');
    }
  });

  it('leaves the week a school week: the school met', () => {
    expect(lastSchoolWeeks(nine, '2026-09-25', 3)).toEqual(['2026-09-07', '2026-09-14', '2026-09-21']);
    expect(schoolWeeks(nine, '2026-09-14', '2026-09-21')).toEqual(['2026-09-14', '2026-09-21']);
    expect([addSchoolWeeks(nine, '2026-09-09', 2), addSchoolWeeks(eightA, '2026-09-09', 2)]).toEqual([
      '2026-09-21',
      '2026-09-21',
    ]);
  });

  it('closes the school on no day; a closure of all of it does', () => {
    expect(['2026-09-14', '2026-11-18', '2026-10-26'].map((day) => closedDays(school).has(day))).toEqual([false, true, false]);
  });

  it('asks for no mark of those it keeps away', () => {
    const span = { from: '2026-09-14', to: '2026-09-21' };
    expect([missingSessions([], nine, span), missingSessions([], eightA, span).length]).toEqual([
      ['2026-09-21 AM', '2026-09-21 PM'],
      12,
    ]);
  });
});

describe('school weeks', () => {
  it('are counted over the summer holiday and never the empty ones', () => {
    expect(lastSchoolWeeks(calendar, '2026-10-25', 10)).toEqual([
      ...['2026-07-13', '2026-07-20', '2026-08-31', '2026-09-07', '2026-09-14'],
      ...['2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19'],
    ]);
  });

  it('leave out half-term and a week of INSET alone', () => {
    expect(schoolWeeks(calendar, '2026-10-19', '2026-11-15')).toEqual(['2026-10-19', '2026-11-09']);
  });

  it('begin with the week of the end day only if school was open by then', () => {
    expect([lastSchoolWeeks(calendar, '2026-09-01', 1), lastSchoolWeeks(calendar, '2026-09-02', 1)]).toEqual([
      ['2026-07-20'],
      ['2026-08-31'],
    ]);
  });

  it('are as many as there are, if the calendar has fewer', () => {
    expect(lastSchoolWeeks(calendar, '2026-04-22', 10)).toEqual(['2026-04-13', '2026-04-20']);
  });
});

describe('terms and years', () => {
  it('name school years', () => {
    expect(['2026-08-31', '2026-09-01', '2027-07-20', '2099-12-01'].map(schoolYearOf)).toEqual([
      '2025/26',
      '2026/27',
      '2026/27',
      '2099/00',
    ]);
    expect(schoolYearStart('2027-07-20')).toBe('2026-09-01');
  });

  it('find the term of a day, half-term included', () => {
    expect(['2026-10-28', '2026-08-10', '2027-03-25'].map((day) => termOf(calendar, day)?.label)).toEqual([
      'Autumn 2026',
      undefined,
      'Spring 2027',
    ]);
  });
});
