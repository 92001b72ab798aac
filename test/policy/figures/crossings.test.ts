import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mondayOf } from '../../../policy/calendar/day.ts';
import { bandWords, movement } from '../../../policy/figures/bands.ts';
import { aboutToCross, leftBeforeThreshold, sessionsLeft, type WeeklyCounts } from '../../../policy/figures/crossings.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { bands } from '../../../policy/register/measures/band.ts';
import { penaltyNoticeWindow } from '../../../policy/register/measures/penalty-notice-window.ts';
import { calendar } from '../register/measures/a-pupil.ts';

const on = '2026-11-20';
const sessionsFrom = (first: string, n: number, code: string): Mark[] =>
  calendar.days
    .filter((day) => day >= first)
    .flatMap((day) => (['AM', 'PM'] as const).map((session) => ({ on: day, session, code })))
    .slice(0, n);
const weekly = (marks: readonly Mark[]): WeeklyCounts => {
  const counts = new Map<string, number>();
  for (const { on: day } of marks) counts.set(mondayOf(day), (counts.get(mondayOf(day)) ?? 0) + 1);
  return counts;
};

/** Told off a register: how many more sessions of O, one by one, until the window of the newest holds ten; one fewer are left. */
function leftByHand(marks: readonly Mark[]): number | null {
  if (penaltyNoticeWindow(marks, calendar, on).met) return null;
  for (let n = 1; n <= 10; n++) {
    const then = [...marks, ...sessionsFrom('2026-11-21', n, 'O')];
    if (penaltyNoticeWindow(then, calendar, then.at(-1)?.on ?? on).met) return n - 1;
  }
  throw new Error('Ten sessions in a row meet it');
}

describe('the ten sessions', () => {
  it.each([
    ['nobody has any: nine can be missed', [], 9],
    ['eight a week ago', sessionsFrom('2026-11-09', 8, 'O'), 1],
    ['ten a week ago: it is met', sessionsFrom('2026-11-09', 10, 'O'), null],
    [
      'two in the last week of summer and seven in November: those of summer are too far back',
      [...sessionsFrom('2026-07-20', 2, 'U'), ...sessionsFrom('2026-11-09', 7, 'G')],
      2,
    ],
    [
      'nine in the week of 14 September, whose window of ten school weeks takes in that of 23 November, over half-term',
      sessionsFrom('2026-09-14', 9, 'O'),
      0,
    ],
    ['nine in the week of 7 September, which it does not', sessionsFrom('2026-09-07', 9, 'O'), 9],
  ] as const)('%s', (_, marks, left) => {
    expect(leftBeforeThreshold(calendar, on)(weekly(marks))).toBe(left);
    expect(leftByHand(marks)).toBe(left);
  });

  it('are counted by the week as they are session by session', () => {
    const days = calendar.days.filter((day) => '2026-04-13' <= day && day <= on);
    const some = fc
      .uniqueArray(fc.nat(days.length * 2 - 1), { maxLength: 25 })
      .map((places) =>
        places.map<Mark>((place) => ({ on: days[place >> 1] as string, session: place % 2 ? 'PM' : 'AM', code: 'U' })),
      );
    fc.assert(fc.property(some, (marks) => leftBeforeThreshold(calendar, on)(weekly(marks)) === leftByHand(marks)));
  });

  it('are counted on with the last known week where the calendar ends', () => {
    const six = weekly(sessionsFrom('2027-03-15', 6, 'O'));
    expect(['2027-03-24', '2027-03-25'].map((day) => leftBeforeThreshold(calendar, day)(six))).toEqual([3, 3]);
    expect(leftBeforeThreshold(calendar, '2027-03-25')(new Map())).toBe(9);
    expect(leftBeforeThreshold(calendar, '2020-09-07')(new Map())).toBeNull();
  });
});

describe('sessions left before a line', () => {
  const left = sessionsLeft(calendar, on);
  const fraction = fc
    .tuple(fc.nat(400), fc.nat(400))
    .map(([a, b]) => ({ attended: Math.min(a, b), possible: Math.max(a, b, 1) }));

  it.each([
    [
      '24 of 25 is 96% and not below it; the next miss is',
      { attended: 24, possible: 25 },
      { 'below-96': 0, persistent: 1, severe: 22 },
    ],
    ['95 of 99 is below 96%', { attended: 95, possible: 99 }, { 'below-96': null, persistent: 6 }],
    ['342 of 380 is 90%: persistent absence already', { attended: 342, possible: 380 }, { persistent: null }],
  ])('%s', (_, now, expected) => expect(left({ now, counts: new Map() })).toMatchObject(expected));

  it('is the last number of misses that does not cross it', () => {
    fc.assert(
      fc.property(fraction, (now) => {
        const crossed = (n: number) => {
          const then = { attended: now.attended, possible: now.possible + n };
          return {
            'below-96': then.attended * 100 < 96 * then.possible,
            persistent: then.attended * 100 <= 90 * then.possible,
            severe: then.attended * 100 <= 50 * then.possible,
          };
        };
        const found = left({ now, counts: new Map() });
        return (['below-96', 'persistent', 'severe'] as const).every((line) => {
          const n = found[line];
          return n === null ? crossed(0)[line] : !crossed(n)[line] && crossed(n + 1)[line];
        });
      }),
    );
  });

  it('makes nobody about to cross who is over, further away, or of whom too little is known', () => {
    const about = (now: { attended: number; possible: number }, within: number) =>
      aboutToCross('below-96', { now, left: left({ now, counts: new Map() }) }, within);
    expect([about({ attended: 99, possible: 100 }, 4), about({ attended: 99, possible: 100 }, 3)]).toEqual([true, false]);
    expect(about({ attended: 95, possible: 99 }, 8)).toBe(false);
    expect([about({ attended: 19, possible: 19 }, 4), about({ attended: 20, possible: 20 }, 4)]).toEqual([false, true]);
  });
});

describe('movement between bands', () => {
  it('names each way that somebody went, and leaves out who had no session', () => {
    const at = (attended: number) => ({ attended, possible: 100 });
    const pupils = [
      { before: at(97), now: at(96) },
      { before: at(97), now: at(95) },
      { before: at(97), now: at(94) },
      { before: at(91), now: at(90) },
      { before: { attended: 0, possible: 0 }, now: at(97) },
    ];
    expect(movement(pupils)).toEqual([
      { from: 'below 96%', to: 'persistently absent', pupils: 1 },
      { from: '96% or more', to: 'below 96%', pupils: 2 },
      { from: '96% or more', to: '96% or more', pupils: 1 },
    ]);
    expect(Object.keys(bandWords)).toEqual([...bands]);
  });
});
