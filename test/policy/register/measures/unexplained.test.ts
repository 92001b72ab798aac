import { describe, expect, it } from '@jest/globals';
import { openN, unexplainedAge } from '../../../../policy/register/measures/unexplained.ts';
import { calendar, mark, registerOn } from './a-pupil.ts';

describe('an N', () => {
  it.each([
    ['before half-term', '2026-02-13', '2026-02-27'],
    ['at the end of a year', '2026-07-20', '2026-09-07'],
    ['on a Monday', '2026-09-14', '2026-09-21'],
  ])('%s is due five school days on', (_, on, dueOn) => {
    expect(openN([mark(on, 'AM', 'N')], calendar, '2026-12-01')).toEqual([{ sessionId: `${on} AM`, dueOn }]);
  });

  it('is open from its own day, and closed by another code', () => {
    expect(openN([mark('2026-09-15', 'AM', 'N'), mark('2026-09-11', 'AM', 'O')], calendar, '2026-09-14')).toEqual([]);
  });
});

describe('the age of the oldest N', () => {
  const age = (on: string, ...marks: ReturnType<typeof mark>[]) => unexplainedAge.figure(registerOn(on, marks), {});

  it.each([
    ['is nothing on its own day', '2026-09-14', 0],
    ['passes over the weekend', '2026-09-21', 5],
    ['is overdue at six', '2026-09-22', 6],
  ])('%s', (_, on, expected) => {
    const figure = age(on, mark('2026-09-14', 'AM', 'N'), mark('2026-09-14', 'PM', 'I'));
    expect([figure.value?.days, figure.note !== null]).toEqual([expected, expected > 5]);
  });

  it('names every session that is open', () => {
    const figure = age('2026-09-22', mark('2026-09-21', 'PM', 'N'), mark('2026-09-14', 'AM', 'N'));
    expect([figure.sessions.map(({ id }) => id), figure.note]).toEqual([
      ['2026-09-14 AM', '2026-09-21 PM'],
      '1 session of 2 without a reason for more than five school days',
    ]);
  });

  it('is nothing once each has a reason, and looks back over the summer', () => {
    expect(age('2026-09-22', mark('2026-09-14', 'AM', 'O'))).toMatchObject({
      value: null,
      note: 'No absence without a reason is known',
    });
    expect(age('2026-09-03', mark('2026-07-20', 'PM', 'N')).value?.days).toBe(3);
  });
});
