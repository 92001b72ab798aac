import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { chanceOfAtLeast, oneIn } from '../../../../policy/register/measures/chance.ts';

describe('the chance of so many or more', () => {
  it.each([
    ['all four cups of tea', 4, { all: 8, marked: 4, drawn: 4 }, 1n, 70n],
    ['three cups of tea or four', 3, { all: 8, marked: 4, drawn: 4 }, 17n, 70n],
    ['any number', 0, { all: 8, marked: 4, drawn: 4 }, 70n, 70n],
    ['more than there are', 5, { all: 8, marked: 4, drawn: 4 }, 0n, 70n],
    ['all aces in a hand of poker', 4, { all: 52, marked: 4, drawn: 5 }, 48n, 2_598_960n],
    ['what cannot be otherwise', 2, { all: 5, marked: 4, drawn: 3 }, 10n, 10n],
  ])('%s', (_, found, urn, of, all) => expect(chanceOfAtLeast(found, urn)).toEqual({ of, in: all }));

  it('is what counting every draw gives', () => {
    const urns = fc
      .integer({ min: 1, max: 10 })
      .chain((all) => fc.record({ all: fc.constant(all), marked: fc.nat(all), drawn: fc.nat(all), found: fc.nat(all) }));
    fc.assert(
      fc.property(urns, ({ all, marked, drawn, found }) => {
        let [of, draws] = [0n, 0n];
        for (let draw = 0; draw < 2 ** all; draw++) {
          const balls = [...Array(all).keys()].filter((ball) => (draw >> ball) & 1);
          if (balls.length !== drawn) continue;
          draws++;
          if (balls.filter((ball) => ball < marked).length >= found) of++;
        }
        expect(chanceOfAtLeast(found, { all, marked, drawn })).toEqual({ of, in: draws });
      }),
      { numRuns: 60 },
    );
  });
});

describe('one in so many', () => {
  it.each([
    ['rounded down', { of: 17n, in: 70n }, 1, 4],
    ['less striking for each thing looked at', { of: 1n, in: 70n }, 5, 14],
    ['never less than one', { of: 50n, in: 70n }, 5, 1],
    ['never more than a million', { of: 1n, in: 10n ** 20n }, 1, 1_000_000],
  ])('is %s', (_, chance, comparisons, expected) => expect(oneIn(chance, comparisons)).toBe(expected));
});
