import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { isBankHoliday, isWorkingDay } from '../../../policy/calendar/bank-holidays.ts';
import { addDays, londonDay } from '../../../policy/calendar/day.ts';
import { addSchoolDays, isSchoolDay, schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { codeOn, groundICodes, penaltyNoticeCodes, sicknessCodes, tenDayReturnCodes } from '../../../policy/register/codes.ts';
import { isAtMost, isBelow, persistentlyAbsent, shown } from '../../../policy/register/fraction.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { Asked, figureOf } from '../../../policy/register/measures/catalogue.ts';
import { penaltyNoticeWindow } from '../../../policy/register/measures/penalty-notice-window.ts';
import { reasonDueOn } from '../../../policy/register/measures/unexplained.ts';
import { corrected, days, mark, present, registerOn } from './measures/a-pupil.ts';

/** The calendar of the vectors: half-terms of February, May and October 2026, an INSET day, terms to March 2027. */
const calendar = schoolCalendar([
  { kind: 'term', from: '2026-01-05', to: '2026-03-27', label: 'Spring 2026' },
  { kind: 'half-term', from: '2026-02-16', to: '2026-02-20', label: 'Half-term' },
  { kind: 'term', from: '2026-04-13', to: '2026-07-24', label: 'Summer 2026' },
  { kind: 'half-term', from: '2026-05-25', to: '2026-05-29', label: 'Half-term' },
  { kind: 'term', from: '2026-09-01', to: '2026-12-18', label: 'Autumn 2026' },
  { kind: 'inset', from: '2026-09-01', to: '2026-09-01', label: 'INSET' },
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'Half-term' },
  { kind: 'term', from: '2027-01-04', to: '2027-03-25', label: 'Spring 2027' },
]);
const of = (attended: number, possible: number) => ({ attended, possible });
const ask = (on: string, marks: readonly Mark[], yaml: string, roll = {}) =>
  figureOf(registerOn(on, marks, roll), Asked.parse(parse(yaml)));

describe('trap 1, rounding', () => {
  it.each([
    [95, 99, true, '95.9%'],
    [287, 299, true, '95.9%'],
    [365, 380, false, '96.0%'],
    [364, 380, true, '95.7%'],
  ])('%i of %i is below 96: %s, and reads %s', (attended, possible, below, text) => {
    expect([isBelow(of(attended, possible), 9600), shown(of(attended, possible))]).toEqual([below, text]);
  });
});

describe('trap 2, "falls to 96" and "below 96"', () => {
  it('24 of 25, one session missed by the morning of day 13, falls to it and is not below it', () => {
    const marks = days('2026-09-02', '/////////////').slice(0, 25);
    const { value } = ask('2026-09-18', corrected(marks, mark('2026-09-08', 'AM', 'I')), '{ measure: attendance }');
    const f = value?.is === 'attendance' ? value : of(0, 0);
    expect([f.attended, f.possible, isAtMost(f, 9600), isBelow(f, 9600)]).toEqual([24, 25, true, false]);
  });
});

describe('trap 3, exactly 90.0', () => {
  it.each([
    [342, 380],
    [9, 10],
  ])('%i of %i is persistent absence, and not below 90', (attended, possible) => {
    expect([persistentlyAbsent(of(attended, possible)), isBelow(of(attended, possible), 9000)]).toEqual([true, false]);
  });

  it('in week 1 it is said, but is not enough to take a step on', () => {
    const week = corrected(present('2026-09-07', '2026-09-11'), mark('2026-09-09', 'PM', 'I'));
    expect(ask('2026-09-11', week, '{ measure: persistent-absence }')).toMatchObject({ value: { yes: true }, enough: false });
  });
});

describe('trap 4, two weeks are not always ten school days', () => {
  it.each([
    ['2026-05-18', '2026-06-05', '2026-06-01'],
    ['2026-12-14', '2027-01-08', '2026-12-28'],
  ])('from %s they end on %s, where two weeks end on %s', (from, tenth, fortnight) => {
    expect([addSchoolDays(calendar, from, 10, { startCounted: true }), addDays(from, 14)]).toEqual([tenth, fortnight]);
    expect(isSchoolDay(calendar, '2026-12-28') || !isBankHoliday('2026-12-28')).toBe(false);
  });
});

describe('trap 5, N', () => {
  const marks = days('2026-09-14', 'NNNNN');

  it('of Friday 13 February is due at the end of Friday 27 February', () => {
    expect(reasonDueOn(calendar, '2026-02-13')).toBe('2026-02-27');
  });

  it.each([
    ['O', true],
    ['I', false],
  ])('turned into %s still counts towards a penalty notice: %s', (code, met) => {
    const now = corrected(marks, ...['AM', 'PM'].map((session) => mark('2026-09-17', session as 'AM', code)));
    expect(penaltyNoticeWindow(now, calendar, '2026-10-01').met).toBe(met);
  });
});

describe('trap 6, sets of codes', () => {
  it('are three, and illness is counted in days', () => {
    expect([penaltyNoticeCodes, tenDayReturnCodes, groundICodes, sicknessCodes].map((set) => [...set].join(''))).toEqual([
      'GNOU',
      'GNOU',
      'GNO',
      'I',
    ]);
    const marks = days('2026-09-14', 'OOOOUOOOOOI');
    const said = ['penalty-notice-sessions', 'continuous-absence', 'ground-i-run', 'illness-days'].map(
      (measure) => ask('2026-10-01', marks, `{ measure: ${measure} }`).value,
    );
    expect(said).toMatchObject([{ sessions: 20 }, { days: 10 }, { days: 5 }, { days: 1 }]);
  });
});

describe('trap 7, ten school weeks over the summer', () => {
  const overSummer = [mark('2026-07-14', 'AM', 'U'), mark('2026-07-15', 'AM', 'U'), ...days('2026-09-14', 'OOO')];
  const window = (on: string) =>
    penaltyNoticeWindow([...overSummer, mark('2026-09-17', 'AM', 'G'), mark(on, 'AM', 'O')], calendar, on);

  it('two U of July and eight sessions of autumn are met in the week of 19 October, ten school weeks on', () => {
    const { met, weeks } = window('2026-10-19');
    expect([met, weeks]).toEqual([
      true,
      ['2026-07-13', '2026-07-20', '2026-08-31', '2026-09-07', '2026-09-14', '2026-09-21', '2026-09-28'].concat([
        '2026-10-05',
        '2026-10-12',
        '2026-10-19',
      ]),
    ]);
  });

  it('and no longer the school week after', () => expect(window('2026-11-02')).toMatchObject({ met: false }));
});

describe('trap 13, lates', () => {
  it('L is present; U is unauthorised, and counts towards a penalty notice', () => {
    const marks = [mark('2026-09-14', 'AM', 'L'), mark('2026-09-15', 'AM', 'U')];
    expect(ask('2026-09-15', marks, '{ measure: attendance }').value).toMatchObject({ attended: 1, possible: 2 });
    expect(ask('2026-09-15', marks, '{ measure: unauthorised-absence }').sessions).toMatchObject([{ code: 'U' }]);
    expect(ask('2026-09-15', marks, '{ measure: penalty-notice-sessions }').sessions).toMatchObject([{ code: 'U' }]);
  });
});

describe('trap 14, C2', () => {
  it('lowers attendance, and is out of the adjusted figure', () => {
    const marks = [...present('2026-09-14', '2026-09-17'), mark('2026-09-18', 'AM', '/'), mark('2026-09-18', 'PM', 'C2')];
    expect(ask('2026-09-18', marks, '{ measure: attendance }').value).toMatchObject({ attended: 9, possible: 10 });
    expect(ask('2026-09-18', marks, '{ measure: adjusted-attendance, leaving out: { codes: ["C2"] } }').value).toMatchObject({
      attended: 9,
      possible: 9,
    });
  });
});

describe('trap 15, D', () => {
  it('is no possible session here, attended or missed', () => {
    expect(ask('2026-09-16', days('2026-09-14', 'D/D'), '{ measure: attendance }').value).toMatchObject({ possible: 2 });
  });
});

describe('trap 16, joiners and leavers', () => {
  it('are counted from the first day on roll to the last', () => {
    const marks = present('2026-09-02', '2026-10-23');
    const possible = (roll: object) => ask('2026-10-23', marks, '{ measure: attendance }', roll).possible;
    expect([possible({}), possible({ from: '2026-10-19' }), possible({ to: '2026-09-04' })]).toEqual([76, 10, 6]);
  });
});

describe('trap 17, September', () => {
  it('begins the year to date and persistent absence again, but not the ten school weeks', () => {
    const marks = [...days('2026-07-13', 'OOOOO'), ...present('2026-09-02', '2026-09-04')];
    const said = ['attendance', 'persistent-absence', 'penalty-notice-sessions'].map(
      (measure) => ask('2026-09-04', marks, `{ measure: ${measure} }`).value,
    );
    expect(said).toMatchObject([{ attended: 6, possible: 6 }, { yes: false }, { sessions: 10 }]);
    expect(ask('2026-09-04', marks, '{ measure: attendance, over: previous school year }').value).toMatchObject({ attended: 0 });
  });
});

describe('trap 19, bank holidays', () => {
  it('move: Boxing Day 2026 is Monday 28 December', () => {
    expect(['2026-12-26', '2026-12-28'].map(isBankHoliday)).toEqual([false, true]);
  });

  it('are no working days; an INSET day is one, and no school day', () => {
    expect([isWorkingDay('2026-12-28'), isWorkingDay('2026-09-01'), isSchoolDay(calendar, '2026-09-01')]).toEqual([
      false,
      true,
      false,
    ]);
  });
});

describe('trap 20, clocks', () => {
  it.each([
    ['a batch at midnight UTC in summer runs on that date', Date.UTC(2026, 6, 1), '2026-07-01'],
    ['an event after 23:00 UTC in summer is of the next day', Date.UTC(2026, 5, 30, 23, 15), '2026-07-01'],
    ['the last before the clocks go back is of that Sunday', Date.UTC(2026, 9, 25, 0, 59), '2026-10-25'],
    ['23:30 UTC after they went back is of that day', Date.UTC(2026, 9, 25, 23, 30), '2026-10-25'],
    ['23:30 UTC before they go forward is of that day', Date.UTC(2026, 2, 28, 23, 30), '2026-03-28'],
  ])('%s', (_, at, day) => expect(londonDay(at)).toBe(day));
});

describe('trap 21, marks that are late, missing or of a closed day', () => {
  const marks = days('2026-09-14', 'OOOO');

  it('a correction and its reversal give every figure back', () => {
    const there = corrected(marks, mark('2026-09-15', 'PM', '/'));
    const back = corrected(there, mark('2026-09-15', 'PM', 'O'));
    const figures = (those: readonly Mark[]) =>
      ['attendance', 'longest-absent-run', 'penalty-notice-sessions'].map((measure) =>
        ask('2026-09-30', those, `{ measure: ${measure} }`),
      );
    expect(figures(there)).not.toEqual(figures(marks));
    expect(figures(back)).toEqual(figures(marks));
  });

  it('a missing mark is in no figure but its own', () => {
    const missing = corrected(marks, mark('2026-09-15', 'PM', '-'));
    expect(ask('2026-09-18', missing, '{ measure: attendance, over: 2026-09-14 to 2026-09-17 }').possible).toBe(7);
    expect(
      ask('2026-09-18', missing, '{ measure: missing-marks, over: 2026-09-14 to 2026-09-17 }').sessions.map(({ id }) => id),
    ).toEqual(['2026-09-15 PM']);
  });

  it('a planned closure counts as nothing, and is passed over by a run', () => {
    const closed = corrected(marks, mark('2026-09-15', 'AM', '#'), mark('2026-09-15', 'PM', '#'));
    expect(ask('2026-09-17', closed, '{ measure: continuous-absence }').value).toMatchObject({ days: 3 });
  });
});

describe('trap 30, codes as data', () => {
  it.each([
    ['"N"', 'N'],
    ['"Y1"', 'Y1'],
    ['"#"', '#'],
    ['"\\\\"', '\\'],
    ['"/"', '/'],
  ])('%s in a policy stays a code', (written, code) => {
    expect(Asked.parse(parse(`{ measure: coded-sessions, codes: [${written}] }`))).toMatchObject({ codes: [code] });
  });

  it('are case-sensitive', () => expect(() => codeOn('n', '2026-09-14')).toThrow(/Write it as "N"/));
});

/** Traps that touch neither figures nor the calendar: the test that holds each. */
const elsewhere: readonly (readonly [trap: number, what: string, file: string, test: string])[] = [
  [8, 'payment dates', 'policy/law/penalty-notices.test.ts', "['Friday 27 March', '2026-03-27', '2026-03-31', '2026-04-20'"],
  [9, 'three years and 29 February', 'policy/law/penalty-notices.test.ts', 'issued on 29 February, still on 28 February'],
  [10, 'siblings', 'api/letters/siblings.test.ts', 'nor of the other’s father'],
  [11, 'separated parents', 'policy/letters/may-write.test.ts', 'stops for an order with no dates'],
  [12, 'looked-after children', 'policy/law/penalty-notices.test.ts', 'a looked-after child'],
  [
    16,
    'absence at the school before',
    'api/register/absence-elsewhere.test.ts',
    'counts towards the national threshold, and says where it was',
  ],
  [18, 'compulsory school age', 'policy/law/school-age.test.ts', 'sixteen, on the last Friday of June'],
  [22, 'names', 'activities/letters/render.test.ts', 'writes to and about %s as they spell it'],
  [23, 'no e-mail', 'activities/letters/activities.test.ts', 'waits in the print queue until a person has posted it'],
  [24, 'languages', 'activities/letters/render.test.ts', 'w języku polskim'],
  [25, 'two thresholds at once', 'policy/case/ladder.test.ts', 'still letter 1, never letter 2 first'],
  [26, 'circumstances to look at first', 'policy/case/ladder.test.ts', 'the safeguarding lead looks first'],
  [27, 'evidence of support', 'policy/case/support.test.ts', 'keeps each offer with its day'],
  [28, 'as of a session', 'policy/letters/wording.test.ts', 'always says as of which session'],
  [29, 'retention', 'activities/register/retention.test.ts', 'cannot be deleted within six years'],
  [31, 'authorities differ', 'policy/referral/referral.test.ts', 'refuses an authority whose notice runs for eight weeks'],
  [31, 'another home authority', 'api/referrals/home-authority.test.ts', 'is told whom to ask for support'],
];

describe('traps that touch neither figures nor the calendar are held by other tests', () => {
  it.each(elsewhere)('trap %i, %s', (_, _what, file, title) => {
    expect(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')).toContain(title);
  });
});
