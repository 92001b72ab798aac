import { describe, expect, it } from '@jest/globals';
import {
  authorisedAbsence,
  missedDays,
  sessionsMissed,
  unauthorisedAbsence,
} from '../../../../policy/register/measures/absence.ts';
import { codedSessions } from '../../../../policy/register/measures/coded-sessions.ts';
import { lateL, lateU } from '../../../../policy/register/measures/lates.ts';
import { missingMarks, missingSessions } from '../../../../policy/register/measures/missing-marks.ts';
import { calendar, days, mark, registerOn } from './a-pupil.ts';

const marks = [...days('2026-10-19', 'ILUGM'), mark('2026-11-02', 'AM', 'N'), mark('2026-11-02', 'PM', 'L')];
const pupil = registerOn('2026-11-03', marks);

describe('what was missed', () => {
  it.each([
    ['sessions missed', sessionsMissed, { sessions: 9 }],
    ['days missed, half a day a session', missedDays, { days: 4.5 }],
    ['with authorisation', authorisedAbsence, { sessions: 4 }],
    ['without', unauthorisedAbsence, { sessions: 5 }],
    ['late before the register closed', lateL, { sessions: 3 }],
    ['late after it', lateU, { sessions: 2 }],
  ])('%s', (_, one, value) => {
    expect(one.figure(pupil, { over: 'school year' }).value).toMatchObject(value);
  });

  it('is counted in the span that was asked', () => {
    expect(missedDays.figure(pupil, { over: 'half-term' })).toMatchObject({
      value: { days: 0.5 },
      sessions: [{ id: '2026-11-02 AM', code: 'N', as: 'unauthorised absence' }],
    });
  });

  it('is nothing, and said to be of nothing, while no mark is known', () => {
    expect(missedDays.figure(registerOn('2026-11-03', []), { over: 'school year' })).toMatchObject({
      value: { days: 0 },
      note: 'No possible session is known',
    });
  });

  it('is counted by any set of codes in so many school weeks', () => {
    const figure = codedSessions.figure(pupil, { codes: ['U', 'L'], over: { schoolWeeks: 1 } });
    expect([figure.value, figure.label, figure.sessions.map(({ id }) => id)]).toEqual([
      { is: 'sessions', sessions: 1 },
      'Sessions, U, L, this school week',
      ['2026-11-02 PM'],
    ]);
  });
});

describe('sessions without a mark', () => {
  it('are named', () => {
    const few = [mark('2026-09-14', 'AM', '/'), mark('2026-09-14', 'PM', '-'), mark('2026-09-15', 'AM', '/')];
    expect(missingSessions(few, calendar, { from: '2026-09-12', to: '2026-09-15' })).toEqual(['2026-09-14 PM', '2026-09-15 PM']);
  });

  it('are counted from the day of joining to yesterday, or to the day of leaving', () => {
    const missing = (roll: object) =>
      missingMarks.figure(registerOn('2026-11-04', marks, roll), { over: 'school year' }).sessions.map(({ id }) => id);
    expect(missing({ from: '2026-10-23' })).toEqual(['2026-11-03 AM', '2026-11-03 PM']);
    expect(missing({ from: '2026-10-16', to: '2026-11-02' })).toEqual(['2026-10-16 AM', '2026-10-16 PM']);
  });
});
