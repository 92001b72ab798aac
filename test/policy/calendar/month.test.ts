import { describe, expect, it } from '@jest/globals';
import { dayIn, monthAfter, weeksOf } from '../../../policy/calendar/month.ts';
import type { Period } from '../../../policy/calendar/period.ts';

const periods: Period[] = [
  { kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' },
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'October' },
  { kind: 'inset', from: '2026-09-01', to: '2026-09-02', label: 'Training' },
  { kind: 'closure', from: '2026-11-18', to: '2026-11-18', label: 'No heating' },
  {
    ...{ kind: 'closure', from: '2026-11-19', to: '2026-11-19', label: 'Leak' },
    covers: { part: 'Science block', yearGroups: [9, 10], classes: ['8B'] },
  },
];

describe('a day in the calendar', () => {
  it.each([
    ['2026-09-01', 'inset', 'Training'],
    ['2026-09-02', 'inset', 'Training'],
    ['2026-09-03', 'school', 'School day'],
    ['2026-09-05', 'weekend', 'Weekend'],
    ['2026-10-28', 'half-term', 'October'],
    ['2026-11-18', 'closure', 'No heating'],
    ['2026-12-21', 'holiday', 'No term'],
    ['2026-12-25', 'bank-holiday', 'Bank holiday'],
  ])('%s is %s: %s', (day, kind, label) => expect(dayIn(periods, day)).toEqual({ day, kind, label, partly: [] }));

  it('is a school day, closed to those whom a closure of a part keeps away', () => {
    expect(dayIn(periods, '2026-11-19')).toMatchObject({
      kind: 'school',
      partly: ['Leak: closed to Year 9, Year 10 and class 8B (Science block)'],
    });
  });
});

describe('a month', () => {
  it('is its weeks from Monday to Friday, without a week of which it has only the weekend', () => {
    const weeks = weeksOf(periods, '2026-08').map((week) => week.map((seen) => seen?.day.slice(8) ?? ''));
    expect(weeks).toEqual([
      ['03', '04', '05', '06', '07'],
      ['10', '11', '12', '13', '14'],
      ['17', '18', '19', '20', '21'],
      ['24', '25', '26', '27', '28'],
      ['31', '', '', '', ''],
    ]);
  });

  it.each([
    ['2026-12', 1, '2027-01'],
    ['2027-01', -1, '2026-12'],
    ['2026-09', 12, '2027-09'],
  ])('%s and %i months are %s', (month, n, then) => expect(monthAfter(month, n)).toBe(then));
});
