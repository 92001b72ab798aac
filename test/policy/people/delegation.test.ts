import { expect, it } from '@jest/globals';
import { checkDelegation } from '../../../policy/people/delegation.ts';
import type { Role } from '../../../policy/people/roles.ts';
import { refusalOf } from '../../support/told-referral.ts';

const away = { from: '2026-10-12', until: '2026-10-16' };
const known = { today: '2026-10-06', named: [], colleagueAway: [] };
const colleague = (role: Role = 'headteacher') => ({ id: 'head', name: 'Helen Marsh', role });

it.each<[string, Partial<typeof away>, object, Role, RegExp | 'done']>([
  ['a colleague for a week', {}, {}, 'headteacher', 'done'],
  ['a colleague for one day, today', { from: '2026-10-06', until: '2026-10-06' }, {}, 'dsl', 'done'],
  ['a class teacher', {}, {}, 'class-teacher', /sees their own class alone/],
  ['a first day that is over', { from: '2026-10-05' }, {}, 'headteacher', /from today on/],
  ['days the wrong way round', { until: '2026-10-11' }, {}, 'headteacher', /does not come before the first/],
  ['for good', { until: '2028-01-01' }, {}, 'headteacher', /at most a year/],
  [
    'two at once',
    {},
    { named: [{ name: 'Grace Adeyemi', from: '2026-10-16', until: '2026-10-20' }] },
    'headteacher',
    /Grace Adeyemi decides for you from Friday 16 October 2026/,
  ],
  ['one after the other', {}, { named: [{ name: 'Grace Adeyemi', from: '2026-10-17', until: '2026-10-20' }] }, 'sal', 'done'],
  [
    'somebody who is away as well, so that no third decides',
    {},
    { colleagueAway: [{ from: '2026-10-01', until: '2026-10-12' }] },
    'headteacher',
    /Helen Marsh is away then as well/,
  ],
])('who is away names %s', (_, days, more, role, answer) => {
  const said = refusalOf(() => checkDelegation({ id: 'lead' }, colleague(role), { ...away, ...days }, { ...known, ...more }));
  expect(said).toEqual(answer === 'done' ? 'done' : expect.stringMatching(answer));
});

it('nobody names themselves', () => {
  expect(refusalOf(() => checkDelegation({ id: 'head' }, colleague(), away, known))).toMatch(/somebody else than yourself/);
});
