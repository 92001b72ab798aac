import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { schoolCalendar, schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { codeTable, groundICodes, penaltyNoticeCodes, sicknessCodes } from '../../../policy/register/codes.ts';
import type { Mark } from '../../../policy/register/mark.ts';
import {
  daysMissed,
  longestRun,
  missingSessions,
  openN,
  penaltyNoticeWindow,
  sessionsOf,
  yearToDate,
} from '../../../policy/register/measures.ts';

const calendar = schoolCalendar([
  { kind: 'term', from: '2025-09-03', to: '2026-07-21', label: 'Last year' },
  { kind: 'half-term', from: '2026-02-16', to: '2026-02-20', label: 'Half-term' },
  { kind: 'term', from: '2026-09-02', to: '2026-12-18', label: 'Autumn' },
  { kind: 'half-term', from: '2026-10-26', to: '2026-10-30', label: 'Half-term' },
]);

const mark = (on: string, session: 'AM' | 'PM', code: string): Mark => ({ on, session, code });
const span = { from: '2026-09-01', to: '2026-12-31' };

/** Whole days from a day on, one code a day, both sessions. */
const days = (from: string, codes: string): Mark[] =>
  schoolDaysBetween(calendar, from, '2026-12-18')
    .slice(0, codes.length)
    .flatMap((on, i) => [mark(on, 'AM', codes.charAt(i)), mark(on, 'PM', codes.charAt(i))]);

describe('attendance', () => {
  it('counts what was possible and what was attended', () => {
    const marks = ['/', 'L', 'I', 'U', 'D', 'Y4', '-', '#', 'V', 'C2'].map((code, i) =>
      mark(`2026-09-${14 + Math.floor(i / 2)}`, i % 2 ? 'PM' : 'AM', code),
    );
    const totals = yearToDate(marks, span);
    expect(totals).toEqual({
      attended: 3,
      possible: 6,
      authorised: 2,
      unauthorised: 1,
      lateL: 1,
      lateU: 1,
      missing: 1,
    });
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
    expect(yearToDate([mark('2026-09-14', 'AM', code)], span)).toMatchObject({ attended, possible });
  });

  it('takes only the days of its span, both ends included', () => {
    const marks = days('2026-09-14', '/////');
    expect(yearToDate(marks, { from: '2026-09-15', to: '2026-09-17' }).possible).toBe(6);
  });

  const anyCode = fc.constantFrom(...codeTable.map(({ code }) => code), '-', '');
  const totalOf = (codes: readonly string[]) =>
    yearToDate(
      codes.map((code) => mark('2026-09-14', 'AM', code)),
      span,
    );

  it('is never raised by an absence', () => {
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 60 }), fc.constantFrom('I', 'N', 'O', 'G', 'U', 'C2'), (codes, absence) => {
        const before = totalOf(codes);
        const after = totalOf([...codes, absence]);
        return after.attended * before.possible <= before.attended * after.possible;
      }),
    );
  });

  it('and absence make up what was possible, in any order of marks', () => {
    fc.assert(
      fc.property(fc.array(anyCode, { maxLength: 60 }), (codes) => {
        const totals = totalOf(codes);
        expect(totalOf([...codes].reverse())).toEqual(totals);
        return totals.attended + totals.authorised + totals.unauthorised === totals.possible;
      }),
    );
  });
});

describe('sessions', () => {
  it('without a mark are named', () => {
    const marks = [mark('2026-09-14', 'AM', '/'), mark('2026-09-14', 'PM', '-'), mark('2026-09-15', 'AM', '/')];
    expect(missingSessions(marks, calendar, { from: '2026-09-12', to: '2026-09-15' })).toEqual([
      '2026-09-14 PM',
      '2026-09-15 PM',
    ]);
  });

  it('of some codes are named', () => {
    expect(sessionsOf(sicknessCodes, days('2026-09-14', 'I/O'), span)).toEqual(['2026-09-14 AM', '2026-09-14 PM']);
  });

  it.each([
    ['before half-term', '2026-02-13', '2026-02-27'],
    ['at the end of a year', '2026-07-20', '2026-09-07'],
    ['on a Monday', '2026-09-14', '2026-09-21'],
  ])('coded N %s are due five school days on', (_, on, dueOn) => {
    expect(openN([mark(on, 'AM', 'N')], calendar, '2026-12-01')).toEqual([{ sessionId: `${on} AM`, dueOn }]);
  });

  it('coded N are open from their own day, and closed by another code', () => {
    expect(openN([mark('2026-09-15', 'AM', 'N'), mark('2026-09-11', 'AM', 'O')], calendar, '2026-09-14')).toEqual([]);
  });
});

describe('the longest run', () => {
  it.each([
    ['goes over a weekend', '2026-09-17', 'OGN/O', groundICodes, 3],
    ['goes over half-term', '2026-10-22', 'OOOO/', groundICodes, 4],
    ['is broken by one U, for deletion', '2026-09-14', 'OOUOOO', groundICodes, 3],
    ['is not broken by it, for the ten-day return', '2026-09-14', 'OOUOOO', penaltyNoticeCodes, 6],
    ['is broken by illness', '2026-09-14', 'OOIO/', penaltyNoticeCodes, 2],
    ['is broken by a missing mark', '2026-09-14', 'OO-O', penaltyNoticeCodes, 2],
    ['is none at all', '2026-09-14', '////', penaltyNoticeCodes, 0],
  ])('%s', (_, from, marks, codes, expected) => {
    const run = longestRun(codes, days(from, marks), calendar, { from, to: '2026-12-18' });
    expect([run.days, run.sessions.length]).toEqual([expected, expected * 2]);
  });

  it('is broken by a day without marks and by half a day at school', () => {
    const gap = [...days('2026-09-14', 'O'), ...days('2026-09-16', 'O')];
    const half = [...days('2026-09-14', 'OO'), mark('2026-09-16', 'AM', 'O'), mark('2026-09-16', 'PM', '\\')];
    expect([gap, half].map((marks) => longestRun(groundICodes, marks, calendar, span).days)).toEqual([1, 2]);
  });
});

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
});
