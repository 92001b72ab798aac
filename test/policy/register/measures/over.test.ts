import { describe, expect, it } from '@jest/globals';
import { Over, overSaid, spanOf } from '../../../../policy/register/measures/over.ts';
import { days, registerOn } from './a-pupil.ts';

describe('what a measure looks at', () => {
  const marks = days('2025-09-03', '/');

  it.each([
    ['school year', '2026-11-09', '2026-09-01', '2026-11-09'],
    ['school year', '2026-08-31', '2025-09-01', '2026-08-31'],
    ['previous school year', '2026-11-09', '2025-09-01', '2026-08-31'],
    ['term', '2026-11-09', '2026-09-01', '2026-11-09'],
    ['term, in the holidays after it', '2026-08-10', '2026-04-13', '2026-07-21'],
    ['half-term', '2026-10-23', '2026-09-01', '2026-10-23'],
    ['half-term, in the holiday after it', '2026-10-28', '2026-09-01', '2026-10-25'],
    ['half-term, the second', '2026-11-09', '2026-10-31', '2026-11-09'],
    ['half-term, after the end of term', '2026-07-25', '2026-05-30', '2026-07-21'],
    ['last 10 school days', '2026-11-03', '2026-10-14', '2026-11-03'],
    ['last 1 school day', '2026-11-01', '2026-10-23', '2026-11-01'],
    ['last 2 school weeks', '2026-11-04', '2026-10-19', '2026-11-04'],
    ['last 3 school weeks', '2026-09-03', '2026-07-13', '2026-09-03'],
    ['last 1 school week', '2026-10-28', '2026-10-19', '2026-10-28'],
    ['2026-09-07 to 2026-09-11', '2026-11-09', '2026-09-07', '2026-09-11'],
    ['2026-09-07 to 2026-12-11', '2026-11-09', '2026-09-07', '2026-11-09'],
    ['whole record', '2026-11-09', '2025-09-03', '2026-11-09'],
  ])('%s, on %s, is %s to %s', (text, on, from, to) => {
    const over = Over.parse(text.split(',')[0]);
    expect(spanOf(registerOn(on, marks), over)).toEqual({ from, to });
  });

  it('does not begin before the pupil joined', () => {
    expect(spanOf(registerOn('2026-11-09', [], { from: '2026-10-05' }), 'school year').from).toBe('2026-10-05');
  });

  it.each([
    'year',
    'last school day',
    'last 0 school days',
    'last 3 weeks',
    '2026-09-11 to 2026-09-07',
    '2026-02-30 to 2026-03-01',
  ])('is refused as "%s", with what to write', (text) => expect(() => Over.parse(text)).toThrow(/Write \\"school year\\"/));

  it.each([
    ['term', 'this term'],
    ['previous school year', 'last school year'],
    ['whole record', 'all that is known'],
    ['last 1 school day', 'the last school day'],
    ['last 10 school days', 'the last 10 school days'],
    ['last 1 school week', 'this school week'],
    ['last 6 school weeks', 'the last 6 school weeks'],
    ['2026-09-07 to 2026-12-11', '7 Sep 2026 to 11 Dec 2026'],
  ])('%s is said as "%s"', (text, said) => expect(overSaid(Over.parse(text))).toBe(said));
});
