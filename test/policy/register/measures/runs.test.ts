import { describe, expect, it } from '@jest/globals';
import { currentAbsentRun, longestAbsentRun } from '../../../../policy/register/measures/absent-runs.ts';
import {
  continuousAbsence,
  groundIRun,
  groundIRuns,
  returnRuns,
} from '../../../../policy/register/measures/continuous-absence.ts';
import { corrected, days, mark, present, registerOn } from './a-pupil.ts';

const longest = (marks: ReturnType<typeof days>, codes: 'any absence' | 'unexplained' | string[] = 'any absence') =>
  longestAbsentRun.figure(registerOn('2026-12-18', marks), { codes, over: 'school year' });
const current = (on: string, marks: ReturnType<typeof days>) =>
  currentAbsentRun.figure(registerOn(on, marks), { codes: 'any absence' }).value?.days;

describe('a run of absent days', () => {
  it.each([
    ['goes over a weekend', '2026-09-17', 'OGN/O', 3],
    ['goes over half-term', '2026-10-22', 'OOOO/', 4],
    ['is of any absence', '2026-09-14', 'OIMU/', 4],
    ['is broken by a missing mark', '2026-09-14', 'OO-O', 2],
    ['is broken by a day at school', '2026-09-14', 'OO/O', 2],
    ['is broken by a day at the other school', '2026-09-14', 'OODO', 2],
    ['passes over a planned closure', '2026-09-14', 'OO#O', 3],
    ['passes over days that nobody expected the pupil', '2026-09-14', 'OOXO', 3],
    ['is none at all', '2026-09-14', '////', 0],
  ])('%s', (_, from, codes, expected) => {
    const figure = longest(days(from, codes));
    expect([figure.value?.days, figure.sessions.filter(({ as }) => as !== 'not possible').length]).toEqual([
      expected,
      expected * 2,
    ]);
  });

  it('is broken by a day without marks and by half a day at school', () => {
    const gap = [...days('2026-09-14', 'O'), ...days('2026-09-16', 'O')];
    const half = [...days('2026-09-14', 'OO'), mark('2026-09-16', 'AM', 'O'), mark('2026-09-16', 'PM', '\\')];
    expect([gap, half].map((marks) => longest(marks).value?.days)).toEqual([1, 2]);
  });

  it('of unexpected absence passes over leave that was agreed, by the day and by half a day, and is not made by it', () => {
    const run = (marks: ReturnType<typeof days>) =>
      currentAbsentRun.figure(registerOn('2026-09-18', marks), { codes: 'unexpected absence' }).value?.days;
    const partTime = ['2026-09-14', '2026-09-15', '2026-09-16'].flatMap((on) => [mark(on, 'AM', 'I'), mark(on, 'PM', 'C2')]);
    expect([run(partTime), run(days('2026-09-14', 'OSEO')), run(days('2026-09-14', 'CCSE'))]).toEqual([3, 2, 0]);
    expect(longest(partTime).value?.days).toBe(3);
  });

  it('is the newest of equals, and says from when to when', () => {
    expect(longest(days('2026-09-14', 'OO/II/')).value).toEqual({ is: 'run', days: 2, from: '2026-09-17', to: '2026-09-18' });
  });

  it('that began before the span is counted whole; one that ended before it is not', () => {
    const overSummer = [...days('2026-07-20', 'II'), ...days('2026-09-02', 'I/')];
    expect(longest(overSummer).value?.days).toBe(3);
    expect(longest([...days('2026-07-16', 'II//'), ...days('2026-09-02', 'I/')]).value?.days).toBe(1);
  });

  it('without a reason is of N, and of the O that an N became', () => {
    expect([
      longest(days('2026-09-14', 'OONNI'), 'unexplained').value?.days,
      longest(days('2026-09-14', 'II/'), ['I']).value?.days,
    ]).toEqual([4, 2]);
  });
});

describe('the run of now', () => {
  it.each([
    ['reaches the newest mark', '2026-09-17', days('2026-09-14', '/III'), 3],
    ['takes a morning whose afternoon is not marked yet', '2026-09-16', days('2026-09-14', 'III').slice(0, 5), 3],
    ['goes on while today has no mark yet', '2026-09-17', days('2026-09-14', 'III'), 3],
    ['is over with a morning at school', '2026-09-17', [...days('2026-09-14', 'III'), mark('2026-09-17', 'AM', '/')], 0],
    ['is not restarted by an afternoon', '2026-09-15', [...days('2026-09-14', '/'), mark('2026-09-15', 'AM', 'O')], 1],
    ['is none without marks', '2026-09-15', [], 0],
  ])('%s', (_, on, marks, expected) => expect(current(on, marks)).toBe(expected));
});

describe('continuous absence by the law', () => {
  const tenDays = days('2026-09-14', 'NNOOOGGUOO');

  it('is ten school days of G, N, O and U for the attendance return', () => {
    const figure = continuousAbsence.figure(registerOn('2026-10-01', tenDays), { over: 'school year' });
    expect(figure.value).toEqual({ is: 'run', days: 10, from: '2026-09-14', to: '2026-09-25' });
    expect(figure.note).toMatch(/^From 10 school days on the attendance return/);
    expect(continuousAbsence.figure(registerOn('2026-10-01', tenDays.slice(2)), { over: 'school year' }).note).toBeNull();
    expect([figure.sessions.length, figure.sessions[0]?.id, figure.sessions.at(-1)?.id]).toEqual([
      20,
      '2026-09-14 AM',
      '2026-09-25 PM',
    ]);
  });

  it('is nine days until the twentieth session is marked', () => {
    expect(returnRuns(registerOn('2026-09-25', tenDays.slice(0, 19)))[0]?.days).toHaveLength(9);
  });

  it.each([
    ['illness', 'I', 5, 5],
    ['a late arrival after the register closed', 'U', 10, 5],
    ['a snow day', 'Y', 5, 5],
    ['a planned closure', '#', 9, 9],
    ['a missing mark', '-', 5, 5],
  ])('is broken, or not, by %s', (_, code, forReturn, groundI) => {
    const marks = days('2026-09-14', `OOOOO${code}OOOO`);
    const pupil = registerOn('2026-10-01', marks);
    expect([continuousAbsence, groundIRun].map((one) => one.figure(pupil, { over: 'school year' }).value?.days)).toEqual([
      forReturn,
      groundI,
    ]);
  });

  it('lasts twenty school days for ground I, over half-term, and one U takes it away', () => {
    const twenty = days('2026-10-12', 'O'.repeat(20));
    expect(groundIRuns(registerOn('2026-11-13', twenty))[0]?.days).toHaveLength(20);
    expect(groundIRun.figure(registerOn('2026-11-13', twenty), { over: 'school year' }).note).toMatch(/^From 20 school days/);
    const late = corrected(twenty, mark('2026-11-04', 'PM', 'U'));
    expect(groundIRuns(registerOn('2026-11-13', late)).map((run) => run.days.length)).toEqual([12, 7]);
  });

  it('has ended once the pupil is back', () => {
    const back = [...tenDays, ...present('2026-09-28', '2026-09-28')];
    expect([tenDays, back].map((marks) => returnRuns(registerOn('2026-10-01', marks))[0]?.ended)).toEqual([false, true]);
  });
});
