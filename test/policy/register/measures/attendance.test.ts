import { describe, expect, it } from '@jest/globals';
import { adjustedAttendance } from '../../../../policy/register/measures/adjusted-attendance.ts';
import { attendance } from '../../../../policy/register/measures/attendance.ts';
import { persistentAbsence, severeAbsence } from '../../../../policy/register/measures/persistent-absence.ts';
import { daysMissed, totalsIn } from '../../../../policy/register/measures/totals.ts';
import { calendar, days, mark, present, registerOn, sessions } from './a-pupil.ts';

const span = { from: '2026-09-01', to: '2026-12-31' };

describe('sessions', () => {
  it('are counted by what their codes are', () => {
    const marks = ['/', 'L', 'I', 'U', 'D', 'Y4', '-', '#', 'V', 'C2'].map((code, i) =>
      mark(`2026-09-${14 + Math.floor(i / 2)}`, i % 2 ? 'PM' : 'AM', code),
    );
    const totals = totalsIn(marks, span);
    expect(totals).toEqual({ attended: 3, possible: 6, authorised: 2, unauthorised: 1, lateL: 1, lateU: 1, missing: 1 });
    expect(daysMissed(totals)).toBe(1.5);
  });

  it.each([
    ['dual registered: the other school counts it', 'D', [0, 0]],
    ['an agreed part-time timetable lowers it', 'C2', [0, 1]],
    ['late before the register closed is present', 'L', [1, 1]],
    ['late after it is not', 'U', [0, 1]],
    ['an interview, now', 'J1', [0, 1]],
    ['an interview, before August 2024', 'J', [1, 1]],
    ['a missing mark says nothing', '', [0, 0]],
  ])('%s', (_, code, [attended, possible]) => {
    expect(totalsIn([mark('2026-09-14', 'AM', code)], span)).toMatchObject({ attended, possible });
  });

  it('take only the days of their span, both ends included', () => {
    expect(totalsIn(days('2026-09-14', '/////'), { from: '2026-09-15', to: '2026-09-17' }).possible).toBe(6);
  });
});

describe('attendance', () => {
  const marks = [...present('2026-06-01', '2026-07-21'), ...present('2026-09-01', '2026-10-22'), ...days('2026-11-02', 'IIIO//')];
  const pupil = registerOn('2026-11-09', marks);

  it.each([
    ['school year', 86 - 8, 86],
    ['previous school year', 74, 74],
    ['term', 86 - 8, 86],
    ['half-term', 4, 12],
    [{ schoolDays: 5 }, 4, 10],
    [{ schoolWeeks: 2 }, 4, 12],
    [{ from: '2026-11-02', to: '2026-11-03' }, 0, 4],
    ['whole record', 74 + 78, 74 + 86],
  ] as const)('over %j is %i of %i', (over, attended, possible) => {
    expect(attendance.figure(pupil, { over }).value).toEqual({ is: 'attendance', attended, possible });
  });

  it('names every session that it counted, and how', () => {
    const { sessions: named, label } = attendance.figure(pupil, { over: { schoolDays: 3 } });
    expect(label).toBe('Attendance, the last 3 school days');
    expect(named).toEqual([
      { id: '2026-11-05 AM', code: 'O', as: 'unauthorised absence' },
      { id: '2026-11-05 PM', code: 'O', as: 'unauthorised absence' },
      ...['2026-11-06', '2026-11-09'].flatMap((day) => [
        { id: `${day} AM`, code: '/', as: 'attended' },
        { id: `${day} PM`, code: '/', as: 'attended' },
      ]),
    ]);
  });

  it('of few sessions is said with a caution, and is not enough to act on', () => {
    const few = attendance.figure(pupil, { over: { schoolDays: 3 } });
    expect([few.enough, few.note, few.possible]).toEqual([
      false,
      'Only 6 possible sessions, and 20 are needed to rest a decision on it',
      6,
    ]);
    expect(attendance.figure(pupil, { over: 'school year' })).toMatchObject({ enough: true, note: null });
  });

  it('begins when the pupil joins, ends when the pupil leaves, and knows nothing of what comes after', () => {
    const possible = (on: string, roll: object) =>
      attendance.figure(registerOn(on, marks, roll), { over: 'school year' }).value?.possible;
    expect(possible('2026-11-09', { from: '2026-11-04' })).toBe(8);
    expect(possible('2026-11-09', { to: '2026-09-04' })).toBe(6);
    expect(possible('2026-09-04', {})).toBe(6);
    expect(attendance.figure(registerOn('2026-11-09', marks, { from: '2026-11-04' }), { over: 'school year' }).span.from).toBe(
      '2026-11-04',
    );
  });

  it('of nobody there yet is not said', () => {
    expect(attendance.figure(registerOn('2026-09-02', []), { over: 'term' })).toMatchObject({
      value: null,
      note: 'No possible session is known',
      enough: false,
      sessions: [],
    });
  });
});

describe('adjusted attendance', () => {
  const marks = [...present('2026-09-01', '2026-09-25'), mark('2026-09-28', 'AM', '/'), mark('2026-09-28', 'PM', 'C2')].concat(
    days('2026-09-29', 'IO'),
  );
  const pupil = registerOn('2026-09-30', marks);
  const out = (leaving: object) =>
    adjustedAttendance.figure(pupil, { over: 'school year', 'leaving out': { days: [], sessions: [], ...leaving } });

  it.each([
    ['nothing', {}, 37, 42],
    ['an agreed part-time timetable', { codes: ['C2'] }, 37, 41],
    ['any absence with leave', { codes: 'authorised' }, 37, 39],
    ['days', { days: [{ from: '2026-09-28', to: '2026-09-29' }] }, 36, 38],
    ['sessions by name', { sessions: ['2026-09-30 AM', '2026-09-30 PM'] }, 37, 40],
  ])('leaves out %s', (_, leaving, attended, possible) => {
    expect(out(leaving).value).toEqual({ is: 'attendance', attended, possible });
  });

  it('says what it left out, in words and by session', () => {
    const figure = out({ codes: ['C2'], days: [{ from: '2026-09-29', to: '2026-09-29' }] });
    expect(figure.label).toBe('Adjusted attendance, this school year, without C2 and 29 Sep 2026');
    expect(figure.sessions.filter(({ as }) => as === 'left out').map(({ id }) => id)).toEqual([
      '2026-09-28 PM',
      '2026-09-29 AM',
      '2026-09-29 PM',
    ]);
  });

  it('has enough sessions only if what is left is enough', () => {
    expect(out({ days: [{ from: '2026-09-01', to: '2026-09-25' }] }).enough).toBe(false);
  });
});

describe('persistent and severe absence', () => {
  it.each([
    ['exactly 90.0%', 380, 38, true, false],
    ['one session better', 380, 37, false, false],
    ['exactly half', 380, 190, true, true],
    ['one session better than half', 380, 189, true, false],
  ])('%s of the year', (_, possible, missed, persistent, severe) => {
    const pupil = registerOn('2026-07-21', sessions(possible, missed));
    const answers = [persistentAbsence, severeAbsence].map((one) => one.figure(pupil, { over: 'school year' }).value?.yes);
    expect([answers, calendar.days.filter((day) => day < '2026-08-01').length >= 190]).toEqual([[persistent, severe], true]);
  });

  it('in the first week is said, with a caution', () => {
    const figure = persistentAbsence.figure(registerOn('2025-09-09', sessions(10, 1)), { over: 'school year' });
    expect(figure).toMatchObject({ value: { is: 'answer', yes: true, attended: 9, possible: 10 }, enough: false });
  });
});
