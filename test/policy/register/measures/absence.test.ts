import { describe, expect, it } from '@jest/globals';
import { figureHolds } from '../../../../policy/case/figure-condition.ts';
import {
  authorisedAbsence,
  missedDays,
  sessionsMissed,
  unauthorisedAbsence,
} from '../../../../policy/register/measures/absence.ts';
import { codedSessions } from '../../../../policy/register/measures/coded-sessions.ts';
import { lateL, lateMinutes, lateU } from '../../../../policy/register/measures/lates.ts';
import { missingMarks, missingSessions } from '../../../../policy/register/measures/missing-marks.ts';
import { sessionsSaid } from '../../../../policy/register/measures/sessions-said.ts';
import { figureSaid } from '../../../../policy/register/measures/words.ts';
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

describe('minutes late', () => {
  const late = (on: string, code: string, minutesLate?: number) => ({
    ...mark(on, 'AM', code),
    ...(minutesLate === undefined ? {} : { minutesLate }),
  });
  const of = (...marks: ReturnType<typeof late>[]) =>
    lateMinutes.figure(registerOn('2026-11-06', marks), { over: 'school year' });

  it('are added up where they are known, and it is said of how many they are', () => {
    const figure = of(late('2026-11-02', 'L', 12), late('2026-11-03', 'U', 45), late('2026-11-04', 'L'), late('2026-11-05', 'M'));
    expect([figure.value, figureSaid(figure)]).toEqual([
      { is: 'minutes', minutes: 57, known: 2, lates: 3 },
      '57 minutes, known of 2 of 3 late marks',
    ]);
    expect(sessionsSaid(figure.sessions).map(({ months }) => months[0]?.days.replaceAll('\u00a0', ' '))).toEqual([
      'Tue 3 am U (45 min)',
      'Mon 2 am L (12 min), Wed 4 am L',
    ]);
  });

  it('are not said to be none where they are not known', () => {
    expect(of(late('2026-11-02', 'L'))).toMatchObject({ value: null, note: 'The minutes of 1 late mark are not known' });
    expect(of(late('2026-11-02', '/')).value).toMatchObject({ minutes: 0, lates: 0 });
  });

  it('are a number that a policy may ask for; of none known it is never so', () => {
    const asked = { of: { measure: 'late-minutes', over: 'school year' }, 'at least': 30 } as Parameters<typeof figureHolds>[0];
    const holds = (...marks: ReturnType<typeof late>[]) => {
      const pupil = registerOn('2026-11-06', marks);
      return figureHolds(asked, { ...pupil, on: '2026-11-06' } as unknown as Parameters<typeof figureHolds>[1]);
    };
    expect([holds(late('2026-11-02', 'L', 29)), holds(late('2026-11-02', 'U', 30)), holds(late('2026-11-02', 'U'))]).toEqual([
      false,
      true,
      false,
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
