import { expect, it } from '@jest/globals';
import { withoutMark } from '../../../api/register/facts.ts';
import { calendarFor, schoolCalendar } from '../../../policy/calendar/school-calendar.ts';

const school = schoolCalendar([
  { kind: 'term', from: '2026-09-01', to: '2026-12-18', label: 'Autumn term' },
  {
    ...{ kind: 'closure', from: '2026-10-07', to: '2026-10-07', label: 'Flood' },
    covers: { part: null, yearGroups: [7], classes: [] },
  },
]);

it.each([
  ['2026-10-06', 7, 'No mark'],
  ['2026-10-07', 7, 'School closed'],
  ['2026-10-07', 9, 'No mark'],
  ['2026-10-10', 9, 'School closed'],
  ['2026-10-13', 9, 'Still to come'],
  ['2026-09-30', 9, 'Not on the roll'],
  ['2026-10-09', 9, 'Not on the roll'],
])('a session of %s without a mark, of a pupil in year %s: %s', (on, yearGroup, words) => {
  const calendar = calendarFor(school, { yearGroup, className: `${yearGroup}A` });
  expect(withoutMark(on, { calendar, today: '2026-10-12', onRollFrom: '2026-10-01', onRollTo: '2026-10-08' })).toBe(words);
});
