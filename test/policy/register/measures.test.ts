import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schoolCalendar } from '../../../policy/calendar/school-calendar.ts';
import { codeOn, codeTable } from '../../../policy/register/codes.ts';
import { isAtMost, isBelow, persistentlyAbsent, shown } from '../../../policy/register/fraction.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import { missingSessions, openN, penaltyNoticeWindow, yearToDate } from '../../../policy/register/measures.ts';

const calendar = schoolCalendar([
  { kind: 'term', from: '2025-09-03', to: '2026-07-21', label: 'Last year' },
  { kind: 'half-term', from: '2026-02-16', to: '2026-02-20', label: 'Half-term' },
  { kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' },
]);

describe('thresholds are integers', () => {
  it.each([
    [95, 99, true, '95.9%'],
    [287, 299, true, '95.9%'],
    [365, 380, false, '96.0%'],
    [364, 380, true, '95.7%'],
    [24, 25, false, '96.0%'],
  ])('%i of %i is below 96: %s, shown as %s', (attended, possible, below, text) => {
    expect([isBelow({ attended, possible }, 9600), shown({ attended, possible })]).toEqual([below, text]);
  });

  it('exactly 96 is at most 96', () => expect(isAtMost({ attended: 24, possible: 25 }, 9600)).toBe(true));
  it('exactly 90 is persistent absence', () => expect(persistentlyAbsent({ attended: 342, possible: 380 })).toBe(true));
  it('nothing is said of no sessions', () => expect(isBelow({ attended: 0, possible: 0 }, 9600)).toBe(false));
});

describe('codes', () => {
  it.each([
    ['H', '2024-08-18', 'authorised'],
    ['J', '2024-06-03', 'aea'],
    ['J1', '2024-09-02', 'authorised'],
    ['Y', '2024-01-08', 'not-possible'],
  ])('%s on %s is %s', (code, day, of) => expect(codeOn(code, day).class).toBe(of));

  it.each([
    ['H', '2024-08-19', /ended on 18 August 2024/],
    ['Y', '2024-09-02', /one of Y1 to Y7/],
    ['C2', '2024-08-18', /began on 19 August 2024/],
    ['i', '2026-09-14', /Write it as "I"/],
    ['QQ', '2026-09-14', /national table/],
  ])('%s on %s is refused', (code, day, why) => expect(() => codeOn(code, day)).toThrow(why));

  it('are 38, each once', () => expect(new Set(codeTable.map(({ code }) => code)).size).toBe(codeTable.length));
});

const mark = (on: string, session: 'AM' | 'PM', code: string): Mark => ({ on, session, code });
const span = { from: '2026-09-01', to: '2026-12-31' };

describe('measures', () => {
  it('count what was possible and what was attended', () => {
    const marks = ['/', 'L', 'I', 'U', 'D', 'Y4', '-', '#', 'V', 'C2'].map((code, i) =>
      mark(`2026-09-${14 + Math.floor(i / 2)}`, i % 2 ? 'PM' : 'AM', code),
    );
    expect(yearToDate(marks, span)).toEqual({
      attended: 3,
      possible: 6,
      authorised: 2,
      unauthorised: 1,
      lateL: 1,
      lateU: 1,
      missing: 1,
    });
  });

  it('an absence never raises attendance', () => {
    const anyCode = fc.constantFrom('/', '\\', 'L', 'I', 'N', 'O', 'U', 'G', 'D', 'Y4', 'V');
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 60 }), fc.constantFrom('I', 'N', 'O', 'G', 'U'), (codes, absence) => {
        const before = yearToDate(
          codes.map((code) => mark('2026-09-14', 'AM', code)),
          span,
        );
        const after = yearToDate(
          [...codes, absence].map((code) => mark('2026-09-14', 'AM', code)),
          span,
        );
        return after.attended * before.possible <= before.attended * after.possible;
      }),
    );
  });

  it('name the sessions without a mark', () => {
    const marks = [mark('2026-09-14', 'AM', '/'), mark('2026-09-14', 'PM', '-'), mark('2026-09-15', 'AM', '/')];
    expect(missingSessions(marks, calendar, { from: '2026-09-14', to: '2026-09-15' })).toEqual([
      '2026-09-14 PM',
      '2026-09-15 PM',
    ]);
  });

  it('ten sessions over the summer make the threshold, eight and two', () => {
    const marks = [
      mark('2026-07-14', 'AM', 'U'),
      mark('2026-07-15', 'AM', 'U'),
      ...['14', '15', '16', '17'].flatMap((day) => [mark(`2026-09-${day}`, 'AM', 'O'), mark(`2026-09-${day}`, 'PM', 'G')]),
    ];
    const found = penaltyNoticeWindow(marks, calendar, '2026-10-23');
    expect([found.met, found.sessions.length]).toEqual([true, 10]);
  });

  it('a reason found takes its session out of the threshold', () => {
    const marks = Array.from({ length: 10 }, (_, i) => mark(`2026-09-${14 + Math.floor(i / 2)}`, i % 2 ? 'PM' : 'AM', 'N'));
    const corrected = marks.map((one, i) => (i === 3 ? { ...one, code: 'I' } : one));
    expect([
      penaltyNoticeWindow(marks, calendar, '2026-10-01').met,
      penaltyNoticeWindow(corrected, calendar, '2026-10-01').met,
    ]).toEqual([true, false]);
  });

  it('an N before half-term is due five school days after it', () => {
    expect(openN([mark('2026-02-13', 'AM', 'N')], calendar, '2026-02-27')).toEqual([
      { sessionId: '2026-02-13 AM', dueOn: '2026-02-27' },
    ]);
  });
});
