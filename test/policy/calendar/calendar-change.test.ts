import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changeBetween, changeByFile, changed, seen } from '../../../policy/calendar/calendar-change.ts';
import { changeWords } from '../../../policy/calendar/change-words.ts';
import { type Period, periodKey } from '../../../policy/calendar/period.ts';

const period = (kind: Period['kind'], from: string, to: string, label: string): Period => ({ kind, from, to, label });
const autumn = period('term', '2026-09-02', '2026-12-18', 'Autumn term');
const october = period('half-term', '2026-10-26', '2026-10-30', 'October');
const training = period('inset', '2026-11-27', '2026-11-27', 'INSET day');
const lastYear = period('term', '2026-04-13', '2026-07-21', 'Summer term');
const before = [lastYear, autumn, october, training];

describe('a change to a calendar', () => {
  it('by a file that adds takes out nothing but a term of the same name and year, which is moved', () => {
    const longer = { ...autumn, to: '2026-12-22' };
    const again = period('inset', '2026-12-21', '2026-12-21', 'INSET day');
    const change = changeByFile(before, [longer, again, october], 'add');
    expect(change).toEqual({ added: [longer, again], removed: [autumn] });
    expect(seen(before, change)).toEqual({
      ...{ fresh: [again], gone: [], moved: [{ was: autumn, is: longer }] },
      ...{ gained: ['2026-12-22'], lost: [] },
    });
  });

  it('by a file that adds takes out of several called the same only the one that it moves', () => {
    const half = (from: string, to: string) => period('half-term', from, to, 'Half-term');
    const spring = period('term', '2027-01-04', '2027-03-25', 'Spring term');
    const [oct, feb, may] = [
      half('2026-10-26', '2026-10-30'),
      half('2027-02-15', '2027-02-19'),
      half('2027-05-31', '2027-06-04'),
    ];
    const year = [autumn, oct, spring, feb, may];
    const earlier = half('2027-05-24', '2027-05-28');
    expect(changeByFile(year, [earlier], 'add')).toEqual({ added: [earlier], removed: [] });
    const later = half('2027-02-17', '2027-02-23');
    expect(changeByFile(year, [later], 'add')).toEqual({ added: [later], removed: [feb] });
    const [week, month] = [half('2026-10-19', '2026-10-23'), half('2027-02-22', '2027-02-26')];
    const moved = changeBetween(year, [autumn, week, spring, month, may]);
    expect(seen(year, moved).moved).toEqual([
      { was: oct, is: week },
      { was: feb, is: month },
    ]);
    expect(seen(year, { added: [month, week], removed: [oct, feb] }).moved).toEqual([
      { was: oct, is: week },
      { was: feb, is: month },
    ]);
  });

  it('by a file that is the whole calendar takes out what that does not name, of its own school years alone', () => {
    const change = changeByFile(before, [autumn], 'replace');
    expect(change).toEqual({ added: [], removed: [october, training] });
    expect(seen(before, change)).toMatchObject({ gone: [october, training], gained: expect.arrayContaining(['2026-11-27']) });
  });

  it.each(['add', 'replace'] as const)('by the same file twice is nothing new (%s)', (mode) => {
    const file = [autumn, october, period('closure', '2026-11-18', '2026-11-18', 'No heating')];
    const after = changed(before, changeByFile(before, file, mode));
    expect(changeByFile(after, file, mode)).toEqual({ added: [], removed: [] });
  });

  it('says itself in a sentence', () => {
    const closure = period('closure', '2026-11-18', '2026-11-19', 'No heating');
    const moved = { ...october, from: '2026-10-19', to: '2026-10-23' };
    expect(changeWords(before, { added: [closure, moved], removed: [october, training] })).toBe(
      'new: closure “No heating” from 18 Nov 2026 to 19 Nov 2026; no longer: INSET “INSET day” on 27 Nov 2026; changed: half-term “October” from 19 Oct 2026 to 23 Oct 2026, which was from 26 Oct 2026 to 30 Oct 2026',
    );
  });

  it('says what one was called, and for whom it was, where that is what changed', () => {
    const renamed = { ...october, label: 'Half Term' };
    const leak = period('closure', '2026-11-18', '2026-11-18', 'Leak');
    const wider = { ...leak, covers: { part: null, yearGroups: [9], classes: [] } };
    expect(changeWords([...before, leak], { added: [renamed, wider], removed: [october, leak] })).toBe(
      'changed: half-term “Half Term” from 26 Oct 2026 to 30 Oct 2026, which was called “October”; changed: closure “Leak” on 18 Nov 2026 for Year 9, which was for the whole school',
    );
  });

  it('leads from one calendar to the other, and back again', () => {
    const some = fc.subarray([...before, period('closure', '2026-11-18', '2026-11-18', 'Snow')]);
    const keys = (periods: readonly Period[]) => periods.map(periodKey).sort();
    fc.assert(
      fc.property(some, some, (from, to) => {
        const change = changeBetween(from, to);
        const there = changed(from, change);
        expect(keys(there)).toEqual(keys(to));
        expect(keys(changed(there, { added: change.removed, removed: change.added }))).toEqual(keys(from));
      }),
    );
  });
});
