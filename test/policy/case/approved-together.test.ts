import { expect, it } from '@jest/globals';
import { byItself } from '../../../policy/case/approved-together.ts';
import type { Action } from '../../../policy/case/proposal.ts';
import type { Role } from '../../../policy/people/roles.ts';

const letter = { what: 'letter', template: 'letter-1', enclose: [] } as const;
const is = { attended: 1, possible: 2 };
const corrects = { letters: ['x'], was: is, is, upTo: '2026-09-14 AM', stands: false };
const task = {
  task: 'attendance contract',
  says: 'x',
  whom: [],
  may: false,
  by: 'sal',
  due: { n: 1, unit: 'school day' },
} as const;

it.each<[string, Action, Role, RegExp | null]>([
  ['a first letter', letter, 'sal', null],
  ['a second letter of a class teacher', { ...letter, template: 'letter-2' }, 'class-teacher', null],
  ['a letter that the headteacher authorises', letter, 'headteacher', /headteacher/],
  ['an invitation, whose day is chosen', { ...letter, template: 'meeting-invitation' }, 'sal', /for each family/],
  ['the notice of a referral', { ...letter, template: 'referral-notice' }, 'sal', /legal step/],
  ['a correction', { ...letter, template: 'correction', corrects }, 'sal', /went wrong/],
  ['a letter that is owed', { ...letter, owed: true }, 'sal', /went wrong/],
  ['a referral', { what: 'referral', tells: [] }, 'sal', /Only letters/],
  ['a permission for a contract', { what: 'permission', ...task }, 'sal', /Only letters/],
])('%s is approved with others, or by itself: %p', (_, action, role, why) => {
  const because = byItself({ action, role });
  if (why === null) expect(because).toBeNull();
  else expect(because).toMatch(why);
});
