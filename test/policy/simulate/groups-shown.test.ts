import { expect, it } from '@jest/globals';
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
