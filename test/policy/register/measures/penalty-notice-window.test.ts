import { describe, expect, it } from '@jest/globals';
import { lastSchoolWeeks, schoolDaysBetween } from '../../../../policy/calendar/school-calendar.ts';
import {
  penaltyNoticeMarksFrom,
  penaltyNoticeSessions,
  penaltyNoticeWindow,
} from '../../../../policy/register/measures/penalty-notice-window.ts';
import { pupilRegister } from '../../../../policy/register/pupil-register.ts';
import { calendar, days, mark, registerOn } from './a-pupil.ts';

describe('the national threshold', () => {
  const overSummer = [
    mark('2026-07-14', 'AM', 'U'),
    mark('2026-07-15', 'AM', 'U'),
    ...days('2026-09-14', 'OOO'),
    mark('2026-09-17', 'AM', 'G'),
  ];

  it('is met over the summer holiday by two sessions and eight, the last in the tenth school week', () => {
    const found = penaltyNoticeWindow([...overSummer, mark('2026-10-23', 'PM', 'N')], calendar, '2026-10-23');
    expect([found.met, found.sessions.length, found.weeks.length]).toEqual([true, 10, 10]);
    expect([found.weeks[0], found.sessions[0], found.sessions.at(-1)]).toEqual(['2026-07-13', '2026-07-14 AM', '2026-10-23 PM']);
  });

  it('is not met a school week later, when July has left the window', () => {
    const found = penaltyNoticeWindow([...overSummer, mark('2026-11-02', 'AM', 'N')], calendar, '2026-11-02');
    expect([found.met, found.sessions.length, found.weeks[0]]).toEqual([false, 8, '2026-07-20']);
  });

  it('is not lost while weeks pass without another session', () => {
    const met = [...overSummer, mark('2026-10-23', 'PM', 'N')];
    expect(penaltyNoticeWindow(met, calendar, '2026-12-18').met).toBe(true);
  });

  it('has all its marks in the autumn while its newest session was in the last ten school weeks of the summer', () => {
    const from = penaltyNoticeMarksFrom(calendar, '2026-09-02');
    const summer = schoolDaysBetween(calendar, lastSchoolWeeks(calendar, '2026-08-31', 10)[0] ?? '', '2026-08-31');
    expect(summer.length).toBeGreaterThan(40);
    for (const day of summer) {
      const { weeks } = penaltyNoticeWindow([mark(day, 'AM', 'O')], calendar, '2026-09-02');
      expect([day, weeks.length, (weeks[0] ?? '') >= from]).toEqual([day, 10, true]);
    }
  });

  it('knows nothing yet of what comes after the day it is asked for', () => {
    expect(penaltyNoticeWindow(days('2026-09-14', 'OOOOO'), calendar, '2026-09-17').sessions).toHaveLength(8);
  });

  it('takes the four codes and no other, in any order of marks', () => {
    const marks = [...days('2026-09-14', 'GNOUO'), ...days('2026-09-21', 'ILCD')];
    const found = penaltyNoticeWindow(marks, calendar, '2026-10-01');
    expect([found.met, found.sessions.length]).toEqual([true, 10]);
    expect(penaltyNoticeWindow([...marks].reverse(), calendar, '2026-10-01')).toEqual(found);
  });

  it.each([
    ['left unknown and turned into O', 'O', true],
    ['turned into illness', 'I', false],
  ])('counts again when an N is %s', (_, code, met) => {
    const marks = days('2026-09-14', 'NNNNN').map((one, i) => (i === 3 ? { ...one, code } : one));
    expect(penaltyNoticeWindow(marks, calendar, '2026-10-01').met).toBe(met);
  });

  it('is nothing without such a session, and nothing before the framework', () => {
    const none = { weeks: [], sessions: [], met: false };
    expect(penaltyNoticeWindow(days('2026-09-14', '/////'), calendar, '2026-10-01')).toEqual(none);
    const old = [mark('2024-06-03', 'AM', 'O')];
    expect(penaltyNoticeWindow(old, calendar, '2024-06-03')).toEqual(none);
  });

  it('is a figure with the sessions of the window and the days it spans', () => {
    const figure = penaltyNoticeSessions.figure(registerOn('2026-10-23', [...overSummer, mark('2026-10-23', 'PM', 'N')]), {});
    expect(figure.note).toMatch(/^The national threshold is met: .* has to be considered for a child of compulsory school age/);
    expect([figure.value, figure.span, figure.sessions.map(({ code }) => code).join('')]).toEqual([
      { is: 'sessions', sessions: 10 },
      { from: '2026-07-13', to: '2026-10-23' },
      'UUOOOOOOGN',
    ]);
    expect(penaltyNoticeSessions.figure(registerOn('2026-10-23', []), {}).value).toEqual({ is: 'sessions', sessions: 0 });
  });

  it('counts no session on which the child was not of compulsory school age, on any day', () => {
    const marks = [...days('2026-12-07', 'OOOO'), ...days('2027-01-06', 'OOO')];
    const on = '2027-01-11';
    expect(penaltyNoticeWindow(marks, calendar, on).sessions).toHaveLength(14);
    expect(penaltyNoticeWindow(marks, calendar, on, '2021-10-15').sessions).toHaveLength(6);
    const register = pupilRegister({ ...{ on, marks, calendar, onRollFrom: '2026-09-01', onRollTo: null }, born: '2021-10-15' });
    expect(penaltyNoticeSessions.figure(register, {}).sessions.map(({ id }) => id)).toHaveLength(6);
    const daily = penaltyNoticeSessions.daily?.(register, {});
    expect(['2026-12-10', '2027-01-06', on].map((day) => daily?.(day))).toEqual([0, 2, 6]);
  });
});
