import { describe, expect, it } from '@jest/globals';
import type { Mark } from '../../../policy/register/mark.ts';
import { continuousAbsences, irregularAbsence, ofSchoolAge } from '../../../policy/returns/attendance-return.ts';
import { corrected, days, mark, present, registerOn } from '../register/measures/a-pupil.ts';

const born = '2013-01-15';
const november = { from: '2026-11-01', to: '2026-11-30' };
const october = { from: '2026-10-01', to: '2026-10-31' };
const year = { from: '2026-09-01', to: '2026-11-30' };
const inMonth = (marks: Mark[], month = november, child = born) => continuousAbsences(registerOn(month.to, marks), child, month);

describe('the attendance return of a month', () => {
  it.each([
    [
      'ten school days, any of G, N, O and U',
      days('2026-11-02', 'GGGNNOOUUU/'),
      [{ days: 10, reachedOn: '2026-11-13', goesOn: false }],
    ],
    ['nine school days are not ten', days('2026-11-02', 'OOOOOOOOO/'), []],
    ['an I within breaks them', days('2026-11-02', 'OOOOOIOOOOO/'), []],
    [
      'over half-term: holidays are passed over',
      days('2026-10-19', 'OOOOOOOOOO/'),
      [{ from: '2026-10-19', to: '2026-11-06', days: 10 }],
    ],
    ['it goes on from the month before', days('2026-10-05', 'OOOOOOOOOOOOOOOOOO/'), [{ days: 18, reachedOn: '2026-10-16' }]],
    ['one that nobody has ended goes on', days('2026-11-09', 'OOOOOOOOOOOOOOOO'), [{ days: 16, goesOn: true }]],
    ['one that ended before the month is not in it', days('2026-10-05', 'OOOOOOOOOO/'), []],
  ])('%s', (_, marks, expected) => expect(inMonth(marks)).toMatchObject(expected));

  it('does not name one that comes to ten only in the next month', () => {
    const marks = days('2026-10-19', 'OOOOOOOOOO/');
    expect(inMonth(marks, october)).toEqual([]);
    expect(inMonth(marks, november)).toHaveLength(1);
  });

  it('counts a day once both its sessions are marked, and is ended by a session without a mark', () => {
    const ten = days('2026-11-02', 'OOOOOOOOOO');
    expect(inMonth(ten.slice(0, -1))).toEqual([]);
    expect(inMonth(corrected(ten, mark('2026-11-05', 'PM', '-')))).toEqual([]);
    expect(inMonth(ten.filter(({ on, session }) => on !== '2026-11-05' || session !== 'AM'))).toEqual([]);
  });

  it('counts the sessions that bear a code, not a planned closure that it passes over', () => {
    const marks = corrected(days('2026-11-02', 'OOOOOOOOOO/'), mark('2026-11-05', 'PM', '#'));
    expect(inMonth(marks)).toMatchObject([{ days: 10, sessions: 19 }]);
  });

  it('names only children of compulsory school age, by days on which they were', () => {
    const marks = days('2026-11-02', 'OOOOOOOOOOOOOO/');
    // Five on 10 November 2026: of school age from 31 December on.
    expect(inMonth(marks, november, '2021-11-10')).toEqual([]);
    // Five in September: from 31 December as well. Five in August: from 31 August.
    expect(inMonth(marks, november, '2021-09-05')).toEqual([]);
    expect(inMonth(marks, november, '2021-08-30')).toHaveLength(1);
    expect(ofSchoolAge(registerOn('2026-11-30', marks), '2021-09-05').marks).toEqual([]);
  });
});

describe('ten days’ worth that is not in a row', () => {
  const tenApart = [...days('2026-09-07', 'OOOO'), ...days('2026-10-05', 'GGG'), ...days('2026-11-16', 'UUU')];
  it.each([
    ['twenty sessions', tenApart, { sessions: 20, newest: '2026-11-18' }],
    ['nineteen are too few', tenApart.slice(1), null],
    ['other absence is not counted', tenApart.map((one) => (one.code === 'G' ? { ...one, code: 'I' } : one)), null],
    ['ten in a row are in the first list', days('2026-11-02', 'OOOOOOOOOO/'), null],
    ['those of the school year before are not counted', [...days('2026-06-01', 'OOOO'), ...tenApart.slice(8)], null],
    [
      'ten in a row of the school year before are not in its first list either',
      [...days('2026-06-01', 'OOOOOOOOOO/'), ...tenApart],
      { sessions: 20, newest: '2026-11-18' },
    ],
    ['ten in a row over the summer are', [...days('2026-07-10', 'OOOOOOOOOO/'), ...tenApart], null],
    ['nobody absent', present('2026-09-02', '2026-11-30'), null],
  ])('%s', (_, marks, expected) =>
    expect(irregularAbsence(registerOn('2026-11-30', marks), born, { year, days: 10 })).toEqual(expected),
  );
});
