import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { groupsShown } from '../../../policy/simulate/groups-shown.ts';
import type { Outcome } from '../../../policy/simulate/outcome.ts';

const group = (name: string, pupils: number, withCase: number) => ({
  group: name,
  pupils,
  withCase,
  letters: withCase,
  referrals: 0,
});
const shownOf = (...groups: Outcome['groups']) =>
  groupsShown({ groups } as Outcome).map((one) => [one.group, one.withCase, one.referrals]);

it('of the year groups no single number is hidden, which the total would tell; of others it may be', () => {
  const [seven, eight, nine] = [group('Year 07', 180, 3), group('Year 08', 180, 40), group('Year 09', 180, 12)];
  expect(shownOf(seven, eight, nine, group('ehcp', 30, 2))).toEqual([
    ['Year 07', 'fewer than 5', '0'],
    ['Year 08', '40', '0'],
    ['Year 09', 'not shown', '0'],
    ['ehcp', 'fewer than 5', '0'],
  ]);
  expect(shownOf(seven, eight, group('Year 09', 180, 2)).map(([, cases]) => cases)).toEqual([
    'fewer than 5',
    '40',
    'fewer than 5',
  ]);
  expect(shownOf(eight, nine, group('Year 10', 4, 1))).toEqual([
    ['Year 08', '40', '0'],
    ['Year 09', 'not shown', '0'],
  ]);
});

it('no number that is hidden follows from the whole school’s, which everybody sees', () => {
  const cases = (...of: [pupils: number, withCase: number][]) =>
    shownOf(...of.map(([pupils, n], i) => group(`Year ${String(i + 7).padStart(2, '0')}`, pupils, n))).map(([, said]) => said);
  // Two are one each, or four each: then another is not shown, or none is.
  expect(cases([180, 1], [180, 1], [180, 30])).toEqual(['fewer than 5', 'fewer than 5', 'not shown']);
  expect(cases([180, 4], [180, 4], [180, 30])).toEqual(['fewer than 5', 'fewer than 5', 'not shown']);
  expect(cases([180, 1], [180, 1], [180, 0])).toEqual(['not shown', 'not shown', 'not shown']);
  // One and five can only be these; with a third they can be others.
  expect(cases([180, 1], [180, 5], [180, 0])).toEqual(['not shown', 'not shown', 'not shown']);
  expect(cases([180, 1], [180, 5], [180, 9])).toEqual(['fewer than 5', 'not shown', 'not shown']);
  // One year group alone has cases.
  expect(cases([180, 2], [180, 0])).toEqual(['not shown', 'not shown']);
});

/** What each cell may be, given what is shown and the sum of all. */
function possible(shown: readonly { said: string; pupils: number }[], total: number): Set<number>[] {
  const ranges = shown.map(({ said, pupils }): [number, number] => {
    if (said === 'fewer than 5') return [1, Math.min(4, pupils)];
    if (said !== 'not shown') return [Number(said), Number(said)];
    // Who knows the rule knows that beside a small number five or more are taken out, unless nothing is shown at all.
    return shown.every((one) => one.said === 'not shown') ? [0, pupils] : [5, pupils];
  });
  const ways = (left: number, from: number): number[][] => {
    const range = ranges[from];
    if (!range) return left === 0 ? [[]] : [];
    const found: number[][] = [];
    for (let n = range[0]; n <= Math.min(range[1], left); n++)
      for (const others of ways(left - n, from + 1)) found.push([n, ...others]);
    return found;
  };
  const all = ways(total, 0);
  return ranges.map((_, i) => new Set(all.map((way) => way[i] as number)));
}

it('each that is hidden may be one of several, whatever the numbers are', () => {
  const cell = fc
    .integer({ min: 0, max: 8 })
    .chain((n) => fc.record({ n: fc.constant(n), more: fc.integer({ min: 0, max: 4 }) }));
  let hidden = 0;
  fc.assert(
    fc.property(fc.array(cell, { minLength: 2, maxLength: 4 }), (cells) => {
      const groups = cells.map(({ n, more }, i) => group(`Year 0${i + 1}`, Math.max(5, n) + more, n));
      const said = groupsShown({ groups } as Outcome).map(({ withCase, pupils }) => ({ said: withCase, pupils: Number(pupils) }));
      const total = cells.reduce((sum, { n }) => sum + n, 0);
      possible(said, total).forEach((values, i) => {
        if (said[i]?.said === String(cells[i]?.n)) return;
        hidden++;
        expect(values.has(cells[i]?.n ?? -1)).toBe(true);
        if ((cells[i]?.n ?? 0) > 0) expect(values.size).toBeGreaterThan(1);
      });
    }),
    { numRuns: 500, seed: 3 },
  );
  expect(hidden).toBeGreaterThan(100);
});
