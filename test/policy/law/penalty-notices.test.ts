import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../policy/calendar/day.ts';
import { type EarlierNotice, paymentDates, penaltyNoticeAllowed, servedOn } from '../../../policy/law/penalty-notices.ts';
import { lawOn } from '../../../policy/law/rule-sets.ts';

const sessions = Array.from({ length: 10 }, (_, i) => `2026-09-${14 + i} AM`);
const asked = {
  proposedOn: '2026-11-24',
  previous: [],
  sessions,
  compulsorySchoolAge: true,
  lookedAfter: false,
  authorisedByHead: true,
} as const;
const issued = (issuedOn: string, status: EarlierNotice['status'] = 'issued'): EarlierNotice => ({ issuedOn, status });

describe('a penalty notice', () => {
  it.each([
    ['the first', {}, 1],
    ['the second in three years', { previous: [issued('2025-01-10')] }, 2],
    ['a withdrawn one reopens its place', { previous: [issued('2025-01-10', 'withdrawn')] }, 1],
    ['one of before August 2024 does not count', { previous: [issued('2024-08-18')] }, 1],
    ['an acquittal reopens its place', { previous: [issued('2025-01-10', 'acquitted')] }, 1],
    ['a prosecuted one counts', { previous: [issued('2025-01-10', 'prosecuted')] }, 2],
    ['one of the first day of the framework counts', { previous: [issued('2024-08-19')] }, 2],
    [
      'a third when one of two was withdrawn is a second',
      { previous: [issued('2025-01-10'), issued('2026-01-10', 'withdrawn')] },
      2,
    ],
    ['a notice found late that was issued after this one was proposed', { previous: [issued('2026-12-01')] }, 1],
    ['a third', { previous: [issued('2025-01-10'), issued('2026-01-10', 'paid')] }, /a third cannot be/],
    ['nine sessions', { sessions: sessions.slice(1) }, /9 of 10 sessions/],
    ['ten sessions of which two are the same', { sessions: [...sessions.slice(1), '2026-09-15 AM'] }, /9 of 10 sessions/],
    ['a child of four', { compulsorySchoolAge: false }, /school age/],
    ['without the headteacher', { authorisedByHead: false }, /headteacher/],
    ['a looked-after child', { lookedAfter: true }, /virtual school/],
  ])('%s', (_, change, expected) => {
    const answer = penaltyNoticeAllowed({ ...asked, ...change });
    if (typeof expected === 'number') expect(answer).toMatchObject({ allowed: true, order: expected });
    else expect(answer).toMatchObject({ allowed: false, because: expect.stringMatching(expected) });
  });

  it.each([
    ['still counts on its last day', '2024-09-10', '2027-09-09', 2],
    ['no longer on its anniversary', '2024-09-10', '2027-09-10', 1],
    ['issued on 29 February, still on 28 February', '2028-02-29', '2031-02-28', 2],
    ['issued on 29 February, not on 1 March', '2028-02-29', '2031-03-01', 1],
  ])('%s', (_, first, proposedOn, order) => {
    expect(penaltyNoticeAllowed({ ...asked, proposedOn, previous: [issued(first)] })).toMatchObject({ order });
  });

  it('costs less in 21 days only the first time', () => {
    const amounts = (previous: EarlierNotice[]) => penaltyNoticeAllowed({ ...asked, previous });
    expect(amounts([])).toMatchObject({ amounts: { discountPence: 8_000, fullPence: 16_000 } });
    expect(amounts([issued('2025-01-10')])).toMatchObject({ amounts: { discountPence: null, fullPence: 16_000 } });
  });

  it('has no day for a discount the second time', () => {
    expect(paymentDates('2026-03-31', lawOn('2026-03-31').second.value)).toEqual({
      discountUntil: null,
      fullUntil: '2026-04-27',
    });
  });

  it('is never issued a third time in three years, whatever the days', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1500), { minLength: 1, maxLength: 12 }), (gaps) => {
        const given: string[] = [];
        for (const offset of gaps.sort((a, b) => a - b)) {
          const proposedOn = addDays('2024-09-01', offset);
          if (penaltyNoticeAllowed({ ...asked, proposedOn, previous: given.map((on) => issued(on)) }).allowed)
            given.push(proposedOn);
        }
        return given.every((on, i) => i < 2 || (given[i - 2] as string) < addDays(on, -1094));
      }),
    );
  });

  it.each([
    ['Friday 27 March', '2026-03-27', '2026-03-31', '2026-04-20', '2026-04-27'],
    ['Thursday before Easter', '2026-04-02', '2026-04-08', '2026-04-28', '2026-05-05'],
  ])('posted on %s', (_, posted, served, discountUntil, fullUntil) => {
    expect([servedOn(posted), paymentDates(servedOn(posted), lawOn(posted).first.value)]).toEqual([
      served,
      { discountUntil, fullUntil },
    ]);
  });
});
