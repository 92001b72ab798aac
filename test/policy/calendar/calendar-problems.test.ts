import { describe, expect, it } from '@jest/globals';
import { calendarProblems } from '../../../policy/calendar/calendar-problems.ts';
import type { Covers, Period } from '../../../policy/calendar/period.ts';

const period = (kind: Period['kind'], from: string, to: string, label: string, covers?: Covers): Period => ({
  ...{ kind, from, to, label },
  ...(covers && { covers }),
});
const autumn = period('term', '2026-09-02', '2026-12-18', 'Autumn');
const october = period('half-term', '2026-10-26', '2026-10-30', 'October');
const said = (...more: Period[]) => calendarProblems([autumn, october, ...more]).map(({ says }) => says);

describe('a calendar', () => {
  it('is right with terms, half-terms, INSET before the term begins, and closures that overlap', () => {
    expect(
      said(
        period('inset', '2026-09-01', '2026-09-01', 'Training'),
        period('closure', '2026-11-18', '2026-11-20', 'No heating'),
        period('closure', '2026-11-19', '2026-11-19', 'Science block', { part: 'Science block', yearGroups: [9], classes: [] }),
        period('term', '2027-01-04', '2027-03-25', 'Spring'),
      ),
    ).toEqual([]);
  });

  it.each<[string, Period, string]>([
    [
      'a term that overlaps another, with both named',
      period('term', '2026-12-14', '2027-03-25', 'Spring'),
      'The term "Spring" from 14 Dec 2026 to 25 Mar 2027: it overlaps the term "Autumn" from 2 Sep 2026 to 18 Dec 2026: mend the dates of one of the two',
    ],
    [
      'a half-term in no term',
      period('half-term', '2027-02-15', '2027-02-19', 'February'),
      'The half-term "February" from 15 Feb 2027 to 19 Feb 2027: it lies in no term: mend its dates, or those of the term',
    ],
    [
      'a half-term that runs out of its term',
      period('half-term', '2026-12-14', '2026-12-22', 'Christmas'),
      'The half-term "Christmas" from 14 Dec 2026 to 22 Dec 2026: it lies partly outside the term "Autumn" from 2 Sep 2026 to 18 Dec 2026: mend its dates, or those of the term',
    ],
    [
      'a term over 1 September',
      period('term', '2027-08-25', '2027-12-17', 'Autumn 2'),
      'The term "Autumn 2" from 25 Aug 2027 to 17 Dec 2027: it runs over 1 Sep 2027, when the school year begins. Make two terms of it: to 31 Aug 2027, and from 1 Sep 2027',
    ],
    [
      'INSET on a Saturday',
      period('inset', '2026-11-14', '2026-11-14', 'Training'),
      'The INSET "Training" on 14 Nov 2026: 14 Nov 2026 is at a weekend, so there are no lessons to take out: mend its dates, or leave it out',
    ],
    [
      'INSET on a bank holiday',
      period('inset', '2026-08-31', '2026-08-31', 'Training'),
      'The INSET "Training" on 31 Aug 2026: 31 Aug 2026 is a bank holiday, so there are no lessons to take out: mend its dates, or leave it out',
    ],
    [
      'the same closure twice',
      { ...october },
      'The half-term "October" from 26 Oct 2026 to 30 Oct 2026: it stands there twice: keep one of the two',
    ],
    [
      'dates the wrong way round',
      period('closure', '2026-11-20', '2026-11-18', 'Snow'),
      'The closure "Snow" from 20 Nov 2026 to 18 Nov 2026: write real dates as year-month-day, the earlier one first',
    ],
    [
      'a closure of a part that keeps nobody away',
      period('closure', '2026-11-20', '2026-11-20', 'Gym', { part: 'Gym', yearGroups: [], classes: [] }),
      'The closure "Gym" on 20 Nov 2026: say which year groups or classes it keeps away, or close the whole school',
    ],
    [
      'a half-term for one year group',
      period('half-term', '2026-11-20', '2026-11-20', 'Trip', { part: null, yearGroups: [9], classes: [] }),
      'The half-term "Trip" on 20 Nov 2026: only a closure can be for a part of the school: leave that out',
    ],
  ])('is refused for %s', (_, wrong, says) => expect(said(wrong)).toContain(says));
});
