import { describe, expect, it } from '@jest/globals';
import { awaySince, lastHalfTerm } from '../../../policy/case/counted-in-letters.ts';
import { aCase } from '../../support/told-case.ts';

const on = (day: string, absent: Record<string, string> = {}, more: object = {}) =>
  aCase({ on: day, absent, more }).circumstances();

describe('since when a child is away without a reason', () => {
  it.each([
    ['over a weekend', { '2026-10-09': 'N', '2026-10-12': 'N', '2026-10-13': 'N' }, '2026-10-09'],
    ['who was ill before it', { '2026-10-09': 'I', '2026-10-12': 'O', '2026-10-13': 'N' }, '2026-10-12'],
    ['who is back', { '2026-10-09': 'N', '2026-10-12': 'N' }, undefined],
    ['whose reason came in', { '2026-10-12': 'N', '2026-10-13': 'I' }, undefined],
  ])('%s', (_, absent, since) => expect(awaySince(on('2026-10-13', absent))).toBe(since));
});

describe('the half-term that ended last', () => {
  const absent = { '2026-09-10': 'O', '2026-10-23 PM': 'I', '2026-11-02': 'I' };
  it.each([
    ['on the first day of the next', '2026-11-02', '2026-09-02', '2026-10-23', 73, 76],
    ['ten days later', '2026-11-13', '2026-09-02', '2026-10-23', 73, 76],
    ['after Christmas', '2027-01-04', '2026-11-02', '2026-12-18', 68, 70],
  ])('%s', (_, day, from, until, attended, possible) =>
    expect(lastHalfTerm(on(day, absent))).toEqual({ from, until, attended, possible }),
  );

  it('begins with the day on which the pupil came', () =>
    expect(lastHalfTerm(on('2026-11-02', absent, { onRollFrom: '2026-10-19' }))).toMatchObject({ from: '2026-10-19' }));

  it.each([
    ['before one of this school year has ended', '2026-10-20', {}],
    ['for a pupil who came after it', '2026-11-13', { onRollFrom: '2026-11-02' }],
  ])('is none %s', (_, day, more) => expect(lastHalfTerm(on(day, absent, more))).toBeUndefined());
});
