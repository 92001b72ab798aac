import { describe, expect, it } from '@jest/globals';
import { lawOn, ruleSetOn } from '../../../policy/law/rule-sets.ts';

describe('the rules of a day', () => {
  it.each([
    ['today', '2026-11-24', 8_000, 16_000],
    ['the first day of the national framework', '2024-08-19', 8_000, 16_000],
    ['the day before it', '2024-08-18', 6_000, 12_000],
  ])('price a first notice %s', (_, on, discountPence, fullPence) => {
    expect(lawOn(on).first.value).toEqual({ discountPence, discountDays: 21, fullPence, fullDays: 28 });
  });

  it('price a second notice flat, and set the threshold, the number of notices and the periods', () => {
    const rules = lawOn('2026-11-24');
    expect(rules.second.value).toEqual({ discountPence: null, discountDays: null, fullPence: 16_000, fullDays: 28 });
    expect(rules.threshold.value).toEqual({ sessions: 10, schoolWeeks: 10 });
    expect(rules.most.value).toEqual({ notices: 2, years: 3 });
    expect(rules.noticeToImproveWeeks.value).toEqual({ least: 3, most: 6 });
    expect(rules.reasonFoundIn.value).toBe(5);
    expect([rules.attendanceReturn.value, rules.sicknessReturn.value, rules.groundI.value]).toEqual([10, 15, 20]);
  });

  it('set no national threshold and no number of notices before August 2024', () => {
    const { threshold, most } = lawOn('2024-08-18');
    expect([threshold.value, most.value]).toEqual([null, null]);
  });

  it.each(['2024-08-18', '2026-11-24'])('each name a source and how sure we are of it, on %s', (on) => {
    for (const { source, status } of Object.values(lawOn(on))) {
      expect(source).not.toBe('');
      expect(['confirmed', 'second-hand', 'interpretation']).toContain(status);
    }
  });

  it('are not kept for days long gone', () =>
    expect(() => ruleSetOn('2013-08-31')).toThrow(/No rules of the law are kept for Saturday 31 August 2013/));

  it('keep the notice for exclusion at its own price', () => {
    expect(lawOn('2026-11-24').exclusionNotice.value).toEqual({
      discountPence: 6_000,
      discountDays: 21,
      fullPence: 12_000,
      fullDays: 28,
    });
  });
});
