import { describe, expect, it } from '@jest/globals';
import { type PartTime, partTimeAlert, partTimeWords } from '../../../policy/register/part-time.ts';

const agreed: PartTime = { from: '2026-09-14', until: '2026-10-23', review: '2026-10-02' };
const none: PartTime = { from: null, until: null, review: null };

const said = (of: PartTime, marked: string[], today: string) => {
  const alert = partTimeAlert(of, marked, today);
  return alert && partTimeWords(alert);
};

describe('a part-time timetable', () => {
  it.each<[string, PartTime, string[], string, string | null]>([
    ['in its time', agreed, ['2026-09-14', '2026-10-02', '2026-10-23'], '2026-10-02', null],
    ['that nobody has', none, [], '2026-10-02', null],
    [
      'that ended, and C2 still comes',
      agreed,
      ['2026-10-23', '2026-11-03', '2026-11-02', '2026-11-03'],
      '2026-11-03',
      '3 sessions marked C2 (the last on 3 Nov 2026) outside the part-time agreement, which ended on 23 Oct 2026',
    ],
    [
      'marked before it began',
      agreed,
      ['2026-09-11'],
      '2026-09-14',
      '1 session marked C2 (the last on 11 Sept 2026) outside the part-time agreement, which ends on 23 Oct 2026',
    ],
    [
      'that is on no record',
      none,
      ['2026-09-14'],
      '2026-09-14',
      '1 session marked C2 (the last on 14 Sept 2026), and no part-time agreement is on record',
    ],
    ['on the day of its review', agreed, [], '2026-10-02', null],
    ['the day after its review', agreed, [], '2026-10-03', 'The part-time timetable was to be reviewed on 2 Oct 2026'],
    ['whose review was missed, when it is over', agreed, [], '2026-10-24', null],
    ['without a review', { ...agreed, review: null }, [], '2026-10-20', null],
  ])('%s', (_, of, marked, today, expected) => {
    expect(said(of, marked, today)?.replaceAll('Sept', 'Sep') ?? null).toBe(expected?.replaceAll('Sept', 'Sep') ?? null);
  });
});
