import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Fraction, isAtLeast, isAtMost, isBelow } from '../../../../policy/register/fraction.ts';
import {
  absencesLeftInARow,
  absencesLeftNow,
  absencesLeftOf,
  absencesLeftThisYear,
} from '../../../../policy/register/measures/absences-left.ts';
import { earliestBack, sessionsToReach } from '../../../../policy/register/measures/earliest-back.ts';
import type { Side } from '../../../../policy/register/measures/side.ts';
import { days, present, registerOn, sessions } from './a-pupil.ts';

const aFraction = fc.nat(400).chain((possible) => fc.nat(possible).map((attended) => ({ attended, possible })));
const aSide = fc
  .tuple(fc.integer({ min: 1, max: 10_000 }), fc.boolean())
  .map<Side>(([n, below]) => (below ? { below: n } : { 'at most': n }));
const isOn = (f: Fraction, side: Side) => ('below' in side ? isBelow(f, side.below) : isAtMost(f, side['at most']));

describe('sessions that can still be missed', () => {
  it.each([
    ['of 380, before below 96%', 380, { attended: 0, possible: 0 }, { below: 9600 }, 15],
    ['of 380, before persistent absence', 380, { attended: 0, possible: 0 }, { 'at most': 9000 }, 37],
    ['of what is left, some missed', 300, { attended: 70, possible: 80 }, { below: 9600 }, 5],
    ['of what is left, all of it', 4, { attended: 370, possible: 376 }, { 'at most': 9000 }, 4],
    ['none, when nothing helps', 10, { attended: 80, possible: 100 }, { below: 9600 }, null],
  ])('%s', (_, coming, f, side, left) => expect(absencesLeftOf(coming, f, side)).toBe(left));

  it('in a row are so many that one more is too many', () => {
    fc.assert(
      fc.property(aFraction, aSide, (f, side) => {
        const left = absencesLeftNow(f, side);
        const once = (missed: number) => isOn({ attended: f.attended, possible: f.possible + missed }, side);
        if (left === null) return f.possible === 0 || once(0);
        return !once(left) && once(left + 1);
      }),
    );
  });

  it('in the year are so many that one more is too many', () => {
    fc.assert(
      fc.property(aFraction, fc.nat(380), aSide, (f, coming, side) => {
        const left = absencesLeftOf(coming, f, side);
        const once = (missed: number) => isOn({ attended: f.attended + coming - missed, possible: f.possible + coming }, side);
        if (f.possible + coming === 0) return true;
        if (left === null) return once(0);
        return !once(left) && (left === coming || once(left + 1));
      }),
    );
  });

  const by = { before: { below: 9600 } };

  it('are not told before the first session, where nothing is below a percentage yet', () => {
    const none = registerOn('2026-09-01', []);
    const figures = [
      absencesLeftInARow.figure(none, by),
      absencesLeftThisYear.figure(none, by),
      earliestBack.figure(none, { at: 9600 }),
    ];
    for (const figure of figures) expect(figure).toMatchObject({ value: null, note: 'No possible session is known' });
  });

  it('are told of the year and of now, with the sessions they rest on', () => {
    const pupil = registerOn('2026-07-17', sessions(374, 14));
    expect(pupil.newest).toMatchObject({ on: '2026-07-10', session: 'PM' });
    const [now, year] = [absencesLeftInARow, absencesLeftThisYear].map((one) => one.figure(pupil, by));
    expect([now?.value, year?.value, year?.sessions.length]).toEqual([
      { is: 'sessions', sessions: 1 },
      { is: 'sessions', sessions: 1 },
      374,
    ]);
  });

  it('are none once it is below, and none in the year if nothing helps', () => {
    const pupil = registerOn('2026-07-17', sessions(374, 40));
    expect(absencesLeftInARow.figure(pupil, by)).toMatchObject({ value: null, note: 'Attendance is below 96% already' });
    expect(absencesLeftThisYear.figure(pupil, { before: { 'at most': 9000 } })).toMatchObject({
      value: null,
      note: 'Attendance of the school year will be at 90% or less even if nothing more is missed',
    });
  });

  it('are not told of a year whose last term is not in the calendar, but are of now, and of a pupil who leaves before it', () => {
    const marks = present('2026-09-01', '2026-10-02');
    const stays = registerOn('2026-10-02', marks);
    const leaves = registerOn('2026-10-02', marks, { to: '2026-12-18' });
    expect(absencesLeftThisYear.figure(stays, by)).toMatchObject({ value: null, note: /Add the next terms/ });
    expect(absencesLeftInARow.figure(stays, by).value).toEqual({ is: 'sessions', sessions: 1 });
    expect(absencesLeftThisYear.figure(leaves, by).value).toEqual({ is: 'sessions', sessions: 5 });
  });
});

describe('back at 96%', () => {
  it.each([
    ['one missed of ten', { attended: 9, possible: 10 }, 15],
    ['exactly there', { attended: 24, possible: 25 }, 0],
    ['a little below', { attended: 95, possible: 99 }, 1],
  ])('%s', (_, f, needed) => expect(sessionsToReach(f, 9600)).toBe(needed));

  it('takes so many sessions that one fewer is too few', () => {
    fc.assert(
      fc.property(
        aFraction.filter(({ possible }) => possible > 0),
        fc.integer({ min: 1, max: 9999 }),
        (f, at) => {
          const needed = sessionsToReach(f, at) ?? -1;
          const once = (n: number) => isAtLeast({ attended: f.attended + n, possible: f.possible + n }, at);
          return once(needed) && (needed === 0 || !once(needed - 1));
        },
      ),
    );
  });

  it('of what was missed never makes 100%', () => expect(sessionsToReach({ attended: 9, possible: 10 }, 10_000)).toBeNull());

  const back = (on: string, marks: ReturnType<typeof days>) => earliestBack.figure(registerOn(on, marks), { at: 9600 });

  it('is the day of the session that reaches it', () => {
    // 18 of 20 by Tuesday 15 September 2026: 30 more make 48 of 50, fifteen school days on.
    const figure = back('2026-09-15', days('2026-09-02', 'I/////////'));
    expect(figure.value).toEqual({ is: 'day', day: '2026-10-06' });
  });

  it.each([
    ['it is there', '2026-09-25', present('2026-09-02', '2026-09-25'), /^Attendance is at least 96% now$/],
    ['the year is too short', '2026-07-20', sessions(370, 60), /^Not in this school year/],
    [
      'the calendar ends too early',
      '2027-03-24',
      days('2027-01-04', 'IIIIIIIIII////////////////////////////////////'),
      /^The school calendar/,
    ],
  ])('is no day when %s', (_, on, marks, note) => {
    expect(back(on, marks).value).toBeNull();
    expect(back(on, marks).note).toMatch(note);
  });
});
