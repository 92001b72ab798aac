import { describe, expect, it } from '@jest/globals';
import { type SchoolDays, wrongDay } from '../../../policy/register/mark-day.ts';

const days: SchoolDays = {
  open: new Set(['2026-09-03', '2026-09-04', '2026-09-07']),
  closed: new Set(['2026-09-02']),
  first: '2026-09-02',
  last: '2026-12-18',
  today: '2026-09-07',
};

describe('a mark on a day that cannot have it', () => {
  it.each([
    ['a Saturday', '2026-09-05', '/', 'closed', 'open the day in the calendar'],
    ['a day that has not come', '2026-09-08', '/', 'has not come', 'leave out rows after 7 Sep 2026'],
    ['a day outside the calendar', '2026-08-31', '/', 'runs from 2 Sep 2026 to 18 Dec 2026', 'add its term to the calendar'],
    ['before the pupil joined', '2026-09-03', '/', 'joined on 4 Sep 2026', 'on_roll_from'],
    ['after the pupil left', '2026-09-07', '/', 'left on 4 Sep 2026', 'on_roll_to'],
  ])('%s is named with each way to mend it', (_, date, code, why, cure) => {
    const wrong = wrongDay({ date, code }, { from: '2026-09-04', to: '2026-09-04' }, days);
    expect(wrong).toEqual({ why: expect.stringContaining(why), cure: expect.stringContaining(cure) });
  });

  it('a missing mark says nothing, and stands on each of them', () => {
    const onRoll = { from: '2026-09-04', to: '2026-09-04' };
    for (const date of ['2026-08-31', '2026-09-03', '2026-09-05', '2026-09-07', '2026-09-08'])
      expect(wrongDay({ date, code: '-' }, onRoll, days)).toBeNull();
  });

  it('a planned closure, and an unplanned one on a closed day, say what the calendar says', () => {
    const onRoll = { from: '2026-09-02', to: null };
    expect(wrongDay({ date: '2026-09-05', code: '#' }, onRoll, days)).toBeNull();
    expect(wrongDay({ date: '2026-09-02', code: 'Y4' }, onRoll, days)).toBeNull();
    expect(wrongDay({ date: '2026-09-05', code: 'Y4' }, onRoll, days)).not.toBeNull();
  });
});
