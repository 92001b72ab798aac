import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isAtLeast,
  isAtMost,
  isBelow,
  isExactly,
  persistentlyAbsent,
  severelyAbsent,
  shown,
} from '../../../policy/register/fraction.ts';

const of = (attended: number, possible: number) => ({ attended, possible });

describe('thresholds are compared as integers', () => {
  it.each([
    [95, 99, true, '95.9%'],
    [287, 299, true, '95.9%'],
    [365, 380, false, '96.0%'],
    [364, 380, true, '95.7%'],
    [24, 25, false, '96.0%'],
    [23, 24, true, '95.8%'],
    [0, 2, true, '0.0%'],
    [380, 380, false, '100.0%'],
  ])('%i of %i is below 96: %s, shown as %s', (attended, possible, below, text) => {
    expect([isBelow(of(attended, possible), 9600), shown(of(attended, possible))]).toEqual([below, text]);
  });

  it('exactly 96 falls to 96 and is not below it', () => {
    const exact = of(24, 25);
    expect([isAtMost(exact, 9600), isExactly(exact, 9600), isAtLeast(exact, 9600), isBelow(exact, 9600)]).toEqual([
      true,
      true,
      true,
      false,
    ]);
  });

  it('hundredths of a percent decide: 92.85% is 13 of 14 less a little', () => {
    expect([isBelow(of(13, 14), 9285), isBelow(of(13, 14), 9286)]).toEqual([false, true]);
  });

  it('nothing is said of no sessions at all', () => {
    const none = of(0, 0);
    const answers = [isBelow, isAtMost, isAtLeast, isExactly].map((is) => is(none, 9600));
    expect([...answers, persistentlyAbsent(none), severelyAbsent(none)]).toEqual(Array(6).fill(false));
    expect(shown(none)).toBe('no sessions yet');
  });

  const someFraction = fc
    .nat(1000)
    .chain((possible) => fc.nat(possible + 1).map((n) => of(Math.min(n, possible + 1), possible + 1)));

  it('a fraction is below, exactly on or above a threshold, and only one of them', () => {
    fc.assert(
      fc.property(someFraction, fc.nat(10_000), (f, t) => {
        const above = isAtLeast(f, t) && !isExactly(f, t);
        return [isBelow(f, t), isExactly(f, t), above].filter(Boolean).length === 1 && isAtMost(f, t) === !above;
      }),
    );
  });

  it('what is shown never reaches a threshold that was not reached', () => {
    fc.assert(
      fc.property(someFraction, fc.nat(1000), (f, tenths) => {
        const read = Math.round(Number.parseFloat(shown(f)) * 10);
        return isBelow(f, tenths * 10) === read < tenths;
      }),
    );
  });
});

describe('persistent and severe absence', () => {
  it.each([
    ['exactly 90.0% over a year', 342, 380, true, false],
    ['one session better', 343, 380, false, false],
    ['one session of ten, in week 1', 9, 10, true, false],
    ['half', 190, 380, true, true],
    ['one session better than half', 191, 380, true, false],
  ])('%s', (_, attended, possible, persistent, severe) => {
    const f = of(attended, possible);
    expect([persistentlyAbsent(f), severelyAbsent(f), isBelow(f, 9000)]).toEqual([
      persistent,
      severe,
      attended * 10 < possible * 9,
    ]);
  });
});
