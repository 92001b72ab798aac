import { describe, expect, it } from '@jest/globals';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { missingSince } from '../../../policy/case/figures.ts';
import { figuresMoved, printedFrom, printedUpTo } from '../../../policy/case/figures-moved.ts';
import { calendar, gloucestershire } from '../../support/told-case.ts';

const pupil = (onRollTo: string | null): Circumstances => ({
  ...{
    pack: gloucestershire,
    on: '2026-09-09',
    calendar,
    flags: [],
    recipients: [],
    colleagues: [],
    words: null,
    idOf: (name) => name,
  },
  ...{ marks: [{ on: '2026-09-02', session: 'AM', code: '/' }], onRollFrom: '2026-09-02', onRollTo },
});

describe('what a letter prints', () => {
  const marks = (['2026-09-01', '2026-09-02', '2026-09-03'] as const).map((on) => ({ on, session: 'AM' as const, code: 'O' }));
  const days = { ...calendar, days: calendar.days.filter((day) => day > '2026-09-02') };

  it('is what it is compared with: the marks of a day that was taken out of the calendar count in both, and are named', () => {
    const c = { ...pupil(null), onRollFrom: '2024-09-02', marks, calendar: days };
    const printed = printedUpTo(c, '2026-09-03 AM');
    expect(printed).toMatchObject({ attended: 0, possible: 3 });
    expect(printed && figuresMoved(printed, '2026-09-03 AM', c)).toBeNull();
    expect(printedFrom(c)).toBe('2026-09-01');
  });

  it.each([
    ['the first day with school, not the first of September', '2024-09-02', '2026-09-03'],
    ['the day a pupil came who came in the year', '2026-09-07', '2026-09-07'],
  ])('begins with %s', (_, onRollFrom, from) => {
    expect(printedFrom({ ...pupil(null), onRollFrom, marks: [], calendar: days })).toBe(from);
  });
});

describe('marks that a case lacks', () => {
  it.each<[string, string | null, number, string | undefined]>([
    ['are those to yesterday', null, 9, '2026-09-08 PM'],
    ['end with the day of leaving', '2026-09-03', 3, '2026-09-03 PM'],
    ['are not fewer for a day of leaving to come', '2026-10-01', 9, '2026-09-08 PM'],
  ])('%s', (_, onRollTo, count, last) => {
    const missing = missingSince(pupil(onRollTo));
    expect([missing.length, missing.at(-1)]).toEqual([count, last]);
  });
});
