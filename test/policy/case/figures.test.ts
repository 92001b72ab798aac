import { describe, expect, it } from '@jest/globals';
import type { Circumstances } from '../../../policy/case/circumstances.ts';
import { missingSince } from '../../../policy/case/figures.ts';
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
