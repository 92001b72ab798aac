import { expect, it } from '@jest/globals';
import { type SummaryCount, summaryOf } from '../../../policy/returns/daily-summary.ts';

it('adds up each session by class of code, everyone on roll once', () => {
  const of = (session: 'AM' | 'PM', what: SummaryCount['of'], pupils: number, className = '9A'): SummaryCount => ({
    ...{ yearGroup: 9, className, session, of: what, pupils },
  });
  const counts = [
    of('AM', 'present', 20),
    of('AM', 'authorised', 2),
    of('PM', 'present', 19),
    of('PM', 'missing', 3),
    of('AM', 'present', 7, '9B'),
  ];
  const nothing = { aea: 0, authorised: 0, unauthorised: 0, 'not-possible': 0, administrative: 0, missing: 0 };
  expect(summaryOf(counts)).toEqual([
    { ...nothing, session: 'AM', onRoll: 29, present: 27, authorised: 2 },
    { ...nothing, session: 'PM', onRoll: 22, present: 19, missing: 3 },
  ]);
});
