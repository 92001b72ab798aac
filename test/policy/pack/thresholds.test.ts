import { describe, expect, it } from '@jest/globals';
import { crossed, cuts, looksBack, mayOpen, restsOnTotals, thresholds } from '../../../policy/pack/thresholds.ts';
import { gloucestershire } from '../../support/told-case.ts';

const of = (attended: number, possible: number) => ({ attended, possible });

describe('thresholds of a pack', () => {
  it('are every attendance percentage that it compares with', () => {
    expect(thresholds(gloucestershire)).toEqual([9000, 9600]);
  });

  it('tell attendance apart on the side that each comparison says', () => {
    // Below 96% opens at one stage, at most 96% at another, at least 96% closes; below 90% and at most 90% are both asked.
    expect(cuts(gloucestershire)).toEqual([9000, 9001, 9600, 9601]);
  });

  it.each([
    ['from above to below 96%', of(97, 100), of(95, 100), true],
    ['from above to exactly 96%', of(97, 100), of(96, 100), true],
    ['from exactly to below 96%', of(24, 25), of(24, 26), true],
    ['within a band', of(94, 100), of(93, 101), false],
    ['from below to above 90%', of(89, 100), of(91, 100), true],
    ['sessions that become enough', of(17, 19), of(18, 20), true],
    ['too few sessions', of(10, 10), of(8, 12), false],
  ])('%s', (_name, before, after, expected) => {
    expect(crossed(gloucestershire, before, after)).toBe(expected);
  });

  it('may open a case at 96% exactly, and never on too few sessions', () => {
    expect(mayOpen(gloucestershire, of(24, 25))).toBe(true);
    expect(mayOpen(gloucestershire, of(97, 100))).toBe(false);
    expect(mayOpen(gloucestershire, of(1, 19))).toBe(false);
  });

  it('may open a case by last year’s attendance, however few sessions this year has', () => {
    const when = { attendance: { over: 'previous school year' as const, 'at most': 9000 } };
    expect(mayOpen({ ...gloucestershire, opens: [{ when, stage: 'concern' }] }, of(2, 2))).toBe(true);
  });
});

it('asks of last school year, also where a single step of a rule does', () => {
  const [rule] = gloucestershire.alongside;
  const call = { by: 'class teacher', script: 'how-can-we-help' as const, due: { n: 2, unit: 'school day' as const } };
  const lastYear = { attendance: { over: 'previous school year' as const, below: 9000 } };
  const asking = rule && { ...rule, do: [{ call, 'only if': lastYear }] };
  expect(looksBack(gloucestershire)).toBe(false);
  expect(looksBack({ ...gloucestershire, alongside: asking ? [asking] : [] })).toBe(true);
});

describe('a band', () => {
  const opens = [{ when: { attendance: { 'in band': 'tier 3' } }, stage: 'concern' }];
  const banded = { ...gloucestershire, opens, bands: { 'tier 3': { above: 9000, 'at most': 9600 } } };

  it.each([
    [of(97, 100), false],
    [of(96, 100), true],
    [of(90, 100), false],
  ])('opens a case only for attendance that lies in it: %o', (attendance, expected) => {
    expect(mayOpen(banded, attendance)).toBe(expected);
  });
});

describe('a rule beside the ladder', () => {
  it.each([
    ['A tenth or more is missed: the parents speak to the attendance lead', true],
    ['Attendance has dropped below 90%: arrange a formal meeting with the parents', true],
    ['More than three days in a row: a signed letter from the parent is expected', false],
    ['Six weeks of support have had no effect: consider what else could help', false],
    ['A rule that is not there', false],
  ])('“%s” is so or not by the totals of the year alone: %s', (rule, expected) => {
    expect(restsOnTotals(gloucestershire, rule)).toBe(expected);
  });

  it('never rests on them where attendance is adjusted', () => {
    const adjusted = { ...gloucestershire, figures: { ...gloucestershire.figures, attendance: 'adjusted' as const } };
    expect(restsOnTotals(adjusted, 'A tenth or more is missed: the parents speak to the attendance lead')).toBe(false);
  });
});
