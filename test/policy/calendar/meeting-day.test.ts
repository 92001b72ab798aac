import { expect, it } from '@jest/globals';
import { mustBeMeetingDay } from '../../../policy/calendar/meeting-day.ts';
import { goingOn } from '../../../policy/calendar/school-calendar.ts';
import * as told from '../../support/told-case.ts';
import { refusalOf } from '../../support/told-referral.ts';

/** As the rules have it: it goes on past its last term. */
const calendar = goingOn(told.calendar);
const on = '2026-11-13';
it.each([
  ['today', '2026-11-13', 'NotAllowed: Choose a day for the meeting after today'],
  ['a Sunday', '2026-11-15', 'NotAllowed: There is no school on that day: choose another for the meeting'],
  ['Christmas Day', '2026-12-25', 'NotAllowed: There is no school on that day: choose another for the meeting'],
  ['a day more than 30 school days off', '2027-01-12', 'NotAllowed: Choose a day for the meeting within 30 school days'],
  ['a day in ten years', '2036-11-17', 'NotAllowed: Choose a day for the meeting within 30 school days'],
])('a family is not asked to a meeting %s', (_, day, why) =>
  expect(refusalOf(() => mustBeMeetingDay({ calendar, on }, day))).toBe(why),
);

it('but on the next school day, and on the thirtieth', () => {
  for (const day of ['2026-11-16', '2027-01-08']) mustBeMeetingDay({ calendar, on }, day);
});
