import { describe, expect, it } from '@jest/globals';
import { registerOf, type SessionTimes, timesOn, timesProblems } from '../../../policy/calendar/session-times.ts';

const times: SessionTimes = {
  morning: { from: '08:50', to: '12:10' },
  afternoon: { from: '13:00', to: '15:10' },
  registerMinutes: 30,
};

describe('session times', () => {
  it.each<[string, Partial<SessionTimes>, string[]]>([
    ['as they are', {}, []],
    ['an afternoon that begins as the morning ends', { afternoon: { from: '12:10', to: '15:10' } }, []],
    ['a register of 31 minutes', { registerMinutes: 31 }, ['registerMinutes']],
    ['a morning that ends before it begins', { morning: { from: '12:10', to: '08:50' } }, ['morningTo']],
    ['an afternoon within the morning', { afternoon: { from: '12:00', to: '15:10' } }, ['afternoonFrom']],
    ['an afternoon of no length', { afternoon: { from: '13:00', to: '13:00' } }, ['afternoonTo']],
    ['a register longer than its session', { afternoon: { from: '13:00', to: '13:20' } }, ['registerMinutes']],
  ])('%s: %j wants %j mended', (_, change, fields) => {
    expect(timesProblems({ ...times, ...change }).map(({ field }) => field)).toEqual(fields);
  });

  it('hold from their day until the next begin; of two from one day the later kept', () => {
    const all = [
      { fromDay: '2026-09-01', n: 1 },
      { fromDay: '2027-01-04', n: 2 },
      { fromDay: '2027-01-04', n: 3 },
    ];
    const on = (day: string) => timesOn(all, day)?.n;
    expect(['2026-08-31', '2026-09-01', '2027-01-03', '2027-01-04', '2028-01-01'].map(on)).toEqual([undefined, 1, 1, 3, 3]);
  });

  it.each([
    ['the Friday before clocks go forward', '2026-03-27', '2026-03-27T08:50:00.000Z'],
    ['the Monday after', '2026-03-30', '2026-03-30T07:50:00.000Z'],
    ['the Friday before clocks go back', '2026-10-23', '2026-10-23T07:50:00.000Z'],
    ['the Monday after', '2026-10-26', '2026-10-26T08:50:00.000Z'],
  ])('open the register as clocks in London show it, for half an hour, on %s', (_, day, opens) => {
    const { opens: from, closes } = registerOf(times, day, 'AM');
    expect([new Date(from).toISOString(), closes - from]).toEqual([opens, 30 * 60_000]);
  });
});
