import { describe, expect, it } from '@jest/globals';
import { addDays, mondayOf } from '../../../../policy/calendar/day.ts';
import { schoolCalendar, schoolWeeks } from '../../../../policy/calendar/school-calendar.ts';
import { Over, overSaid, spanOf } from '../../../../policy/register/measures/over.ts';
import { penaltyNoticeWindow } from '../../../../policy/register/measures/penalty-notice-window.ts';
import { days, mark, periods, registerOn } from './a-pupil.ts';

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

  /** The week under way is one of the ten (statutory.md section 3: the school week of the day and the nine before it). */
  describe.each([
    ['the first day of a term that begins with INSET', '2026-09-01', '2026-05-18'],
    ['a Monday', '2026-10-12', '2026-07-06'],
    ['the Friday of that week', '2026-10-16', '2026-07-06'],
    ['the Saturday after it', '2026-10-17', '2026-07-06'],
    ['the Sunday after it', '2026-10-18', '2026-07-06'],
    ['the Monday after it', '2026-10-19', '2026-07-13'],
    ['a day of half-term', '2026-10-28', '2026-07-13'],
    ['the last Sunday of half-term', '2026-11-01', '2026-07-13'],
    ['the first day after half-term', '2026-11-02', '2026-07-20'],
    ['an INSET Monday of a week that has school', '2027-01-04', '2026-10-12'],
    ['a day of an INSET week, which is none', '2027-01-13', '2026-10-12'],
    ['the first day after an INSET week', '2027-01-18', '2026-10-19'],
    ['a Sunday of July, over the half-term of May', '2026-07-19', '2026-05-04'],
    ['a day of the summer holidays', '2026-08-12', '2026-05-11'],
  ])('the last ten school weeks on %s', (_, on, first) => {
    const inset = (day: string, to = day) => ({ kind: 'inset' as const, from: day, to, label: 'INSET' });
    const known = schoolCalendar([...periods, inset('2027-01-04'), inset('2027-01-11', '2027-01-15')]);

    it('begin with the week nine school weeks before that of the day', () => {
      const { from, to } = spanOf({ ...registerOn(on, []), calendar: known }, { schoolWeeks: 10 });
      expect([from, to]).toEqual([first, on]);
      const weeks = schoolWeeks(known, from, addDays(mondayOf(on), 6));
      expect([weeks.length, weeks[0]]).toEqual([10, first]);
    });

    it('are those of the penalty-notice threshold, were the newest session on that day', () => {
      if (!known.days.includes(on)) return;
      const found = penaltyNoticeWindow([mark(on, 'AM', 'O')], known, on);
      expect([found.weeks.length, found.weeks[0]]).toEqual([10, first]);
    });
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
