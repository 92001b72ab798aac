import { describe, expect, it } from '@jest/globals';
import { weekday } from '../../../../policy/calendar/day.ts';
import { mondayFridayPattern, weekdayPattern } from '../../../../policy/register/measures/weekday-pattern.ts';
import { figureSaid } from '../../../../policy/register/measures/words.ts';
import { mark, present, registerOn } from './a-pupil.ts';

const asked = { codes: 'any absence', over: 'school year' } as const;
const term = present('2025-09-03', '2025-12-19');
/** The first so many of these weekdays missed, in the morning only. */
const without = (...missed: [day: number, times: number][]) => {
  const left = new Map(missed);
  return registerOn(
    '2025-12-19',
    term.map((one) => {
      const times = left.get(weekday(one.on)) ?? 0;
      if (one.session === 'PM' || times === 0) return one;
      left.set(weekday(one.on), times - 1);
      return mark(one.on, 'AM', 'O');
    }),
  );
};

describe('absence by weekday', () => {
  it('finds the weekday that strikes most, and says how often chance alone does as much', () => {
    const figure = weekdayPattern.figure(without([1, 6], [3, 1]), asked);
    expect(figure.value).toMatchObject({
      weekdays: [1],
      comparisons: 5,
      days: [{ weekday: 1, absent: 6, of: 14 }, {}, { absent: 1, of: 15 }, {}, {}],
    });
    // (C(73,14) / (C(7,6) C(66,8) + C(7,7) C(66,7))) / 5 = 1804.28, reckoned apart.
    expect(figure.value?.oneIn).toBe(1804);
    expect(figureSaid(figure)).toBe(
      'Mondays: absent on 6 of 14 Mondays, and on 1 of 59 other days. Chance alone shows as much in 1 of 1,804 pupils',
    );
  });

  it('says that nothing stands out where chance shows as much often', () => {
    const figure = weekdayPattern.figure(without([1, 2], [2, 1], [4, 1]), asked);
    expect(figure.value?.oneIn).toBe(1);
    expect(figureSaid(figure)).toMatch(/^Nothing stands out: absent on 2 of 14 Mondays, and on 2 of 59 other days\./);
  });

  it('counts a day once, whether one session was missed or both', () => {
    const both = term.map((one) => (one.on === '2025-09-08' ? { ...one, code: 'I' } : one));
    const days = weekdayPattern.figure(registerOn('2025-12-19', both), asked).value?.days;
    expect(days?.[0]).toEqual({ weekday: 1, absent: 1, of: 14 });
  });

  it('is strange in a pupil who is never absent no more than in any other', () => {
    expect(weekdayPattern.figure(without(), asked).value?.oneIn).toBe(1);
  });

  it('is not said of a few weeks', () => {
    const figure = weekdayPattern.figure(registerOn('2025-10-01', term), asked);
    expect([figure.value, figure.enough]).toEqual([null, false]);
    expect(figureSaid(figure)).toBe('Only 42 possible sessions, and 60 are needed to say anything');
  });
});

describe('absence next to the weekend', () => {
  it('is one comparison, of Mondays and Fridays together', () => {
    const figure = mondayFridayPattern.figure(without([1, 4], [5, 3], [3, 1]), asked);
    expect(figure.value).toMatchObject({ weekdays: [1, 5], comparisons: 1 });
    // C(73,29) / (C(8,7) C(65,22) + C(8,8) C(65,21)) = 184.22, reckoned apart.
    expect(figure.value?.oneIn).toBe(184);
    expect(figureSaid(figure)).toMatch(/^Mondays and Fridays: absent on 7 of 29 Mondays and Fridays, and on 1 of 44 other days/);
  });
});
