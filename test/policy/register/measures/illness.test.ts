import { describe, expect, it } from '@jest/globals';
import { illnessDays, illnessProjected, illnessReaches } from '../../../../policy/register/measures/illness.ts';
import { calendar, corrected, days, mark, present, registerOn } from './a-pupil.ts';

const year = present('2025-09-01', '2026-07-31');
const ill = (...on: string[]) => corrected(year, ...on.map((day) => mark(day, 'AM', 'I')));

describe('days of illness', () => {
  it('are days that hold an I, a morning as well as a whole day', () => {
    const marks = [...days('2026-09-14', 'I/'), mark('2026-09-16', 'AM', '/'), mark('2026-09-16', 'PM', 'I')];
    const figure = illnessDays.figure(registerOn('2026-09-16', marks), { over: 'school year' });
    expect([figure.value?.days, figure.sessions.length, figure.note]).toEqual([2, 3, null]);
  });

  it('are for the sickness return from fifteen on', () => {
    const fifteen = registerOn('2026-10-16', days('2026-09-14', 'I'.repeat(15)));
    expect(illnessDays.figure(fifteen, { over: 'school year' }).note).toMatch(/^The sickness return names a pupil/);
  });
});

describe('days of illness by the end of the year', () => {
  const on = '2025-12-19';
  const projected = (marks: ReturnType<typeof ill>, day = on) => illnessProjected.figure(registerOn(day, marks), {});
  const passed = calendar.days.filter((day) => day <= on).length;
  const all = calendar.days.filter((day) => day < '2026-08-31').length;

  it('are those seen and the same share of the days left, rounded down', () => {
    const seen = ['2025-09-10', '2025-10-01', '2025-10-02', '2025-11-20', '2025-12-01', '2025-12-02'];
    expect(projected(ill(...seen)).value).toEqual({ is: 'school days', days: 6 + Math.floor((6 * (all - passed)) / passed) });
  });

  it('are none where none was seen, and all that was seen once the year is over', () => {
    expect(projected(year).value?.days).toBe(0);
    expect(projected(ill('2025-09-10', '2026-06-10'), '2026-08-01').value?.days).toBe(2);
  });

  it('are not said in the first weeks, nor while the summer term is not in the calendar', () => {
    expect(projected(ill('2025-09-10'), '2025-09-30')).toMatchObject({ value: null, note: /^Only 40 possible sessions/ });
    const next = illnessProjected.figure(registerOn('2026-12-18', present('2026-09-01', '2026-12-18')), {});
    expect(next).toMatchObject({ value: null, note: /^The school calendar does not reach/ });
  });
});

describe('the day on which an illness would make fifteen days', () => {
  const reaches = (on: string, marks: ReturnType<typeof days>) => illnessReaches.figure(registerOn(on, marks), {});

  it.each([
    ['from its third day, over half-term', '2025-10-15', days('2025-10-13', 'III'), '2025-11-07'],
    ['with its newest morning alone', '2025-10-15', days('2025-10-13', 'III').slice(0, 5), '2025-11-07'],
    ['counting earlier days of the year', '2025-10-15', days('2025-10-09', 'I/III'), '2025-11-06'],
    ['on the day it did', '2025-10-03', days('2025-09-15', 'I'.repeat(16)).slice(0, 30), '2025-10-03'],
  ])('%s', (_, on, marks, day) => expect(reaches(on, marks).value?.day).toBe(day));

  it.each([
    ['the pupil is back', '2025-10-15', days('2025-10-13', 'II/'), 'Not ill when the newest mark was made'],
    ['the year ends before', '2026-07-17', days('2026-07-16', 'II'), 'Not in this school year'],
    ['the calendar does', '2027-03-23', days('2027-03-22', 'II'), /^The school calendar does not reach/],
  ])('is none if %s', (_, on, marks, note) => {
    expect(reaches(on, marks)).toMatchObject({ value: null });
    expect(reaches(on, marks).note).toMatch(note);
  });
});
