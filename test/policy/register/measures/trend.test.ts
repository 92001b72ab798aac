import { describe, expect, it } from '@jest/globals';
import { slopeOf, trend } from '../../../../policy/register/measures/trend.ts';
import { figureSaid } from '../../../../policy/register/measures/words.ts';
import { days, present, registerOn } from './a-pupil.ts';

describe('the slope of a line through weeks', () => {
  it("is that of Anscombe's first set: 0.5001 with a standard error of 0.1179", () => {
    const [x, y] = [
      [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5],
      [804, 695, 758, 881, 833, 996, 724, 426, 1084, 482, 568],
    ];
    const weeks = x?.map((place, i) => ({ place, attended: y?.[i] ?? 0, possible: 2000 })) ?? [];
    // A unit of y is a twentieth: 0.5001 / 20 = 2.50%; 2.262 standard errors are 1.33%.
    expect(slopeOf(weeks)).toEqual({ is: 'trend', weeks: 11, perWeek: 250, low: 116, high: 384, going: 'up' });
  });

  it('is exact, with no width, through weeks on one line', () => {
    const weeks = [0, 1, 2, 3].map((place) => ({ place, attended: 10 - 2 * place, possible: 10 }));
    expect(slopeOf(weeks)).toMatchObject({ perWeek: -2000, going: 'down' });
  });

  it('is none where every week is full', () => {
    const weeks = [0, 1, 2, 3].map((place) => ({ place, attended: 10, possible: 10 }));
    expect(slopeOf(weeks)).toEqual({ is: 'trend', weeks: 4, perWeek: 0, low: 0, high: 0, going: null });
  });

  it('follows the weeks with most sessions', () => {
    const weeks = [
      { place: 0, attended: 10, possible: 10 },
      { place: 1, attended: 10, possible: 10 },
      { place: 2, attended: 0, possible: 1 },
      { place: 3, attended: 10, possible: 10 },
    ];
    // By hand: w 31, wx 42, wxx 104, wy 30, wxy 40: (31 * 40 - 42 * 30) / (31 * 104 - 42 * 42) = -20 / 1460.
    expect(slopeOf(weeks)?.perWeek).toBe(-137);
  });

  it('cannot be had from two weeks', () => {
    expect(slopeOf([0, 1].map((place) => ({ place, attended: 9, possible: 10 })))).toBeNull();
  });
});

describe('the trend of a pupil', () => {
  const over = { over: 'school year' } as const;
  const falling = `${'/'.repeat(13)}${'////I'}${'///II'}${'//III'}${'/IIII'}`;

  it('is called falling if all of its interval is', () => {
    const figure = trend.figure(registerOn('2026-10-23', days('2026-09-02', falling)), over);
    expect(figure.value).toMatchObject({ going: 'down', weeks: 7 });
    expect(figureSaid(figure)).toMatch(
      /^Falling: -\d+\.\d\d percentage points a school week, between -\d+\.\d\d and -\d+\.\d\d, of 7 school weeks$/,
    );
  });

  it('has no direction where weeks vary as much', () => {
    const figure = trend.figure(registerOn('2026-10-23', days('2026-09-02', '///////I/////I///////////I///////')), over);
    expect(figure.value?.going).toBeNull();
    expect(figureSaid(figure)).toMatch(/^No clear direction: /);
  });

  it('passes over holidays: the week after half-term is the next', () => {
    const marks = present('2026-10-05', '2026-11-20');
    expect(trend.figure(registerOn('2026-11-20', marks, { from: '2026-10-05' }), over).value?.weeks).toBe(6);
  });
});
