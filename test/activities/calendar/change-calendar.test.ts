import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { makeChange } from '../../../activities/calendar/make-change.ts';
import { showChange, showFile } from '../../../activities/calendar/show-change.ts';
import type { FileMode } from '../../../policy/calendar/calendar-change.ts';
import type { Period } from '../../../policy/calendar/period.ts';
import { periodsOf, versionOf } from '../../../prisma/calendar.ts';
import type { Db } from '../../../prisma/client.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let db: Db;
beforeAll(async () => {
  schools = await twoSchools();
  db = schools.db;
});
afterAll(() => schools.close());

const closure = (on: string, label = 'No heating'): Period => ({ kind: 'closure', from: on, to: on, label });
const asked = { schoolId: 'a', reason: 'The boiler broke', by: 'a:sal' };
const show = (added: Period[], removed: Period[] = []) => showChange(db, { ...asked, change: { added, removed } });
const version = async () => versionOf(await periodsOf(db, 'a'));
const make = async (changeId: string, given?: string) =>
  makeChange(db, { schoolId: 'a', changeId, version: given ?? (await version()), by: 'a:head' });
const labels = async () => (await periodsOf(db, 'a')).map(({ label, from }) => `${label} ${from}`);

let files = 0;
function file(mode: FileMode, rows: string) {
  const at = path.join(tmpdir(), `firstbell-calendar-${process.pid}-${files++}.csv`);
  writeFileSync(at, `kind,from,to,label,part,year_groups,classes\n${rows}`);
  return showFile(db, { ...asked, path: at, fileName: 'dates.csv', mode });
}

describe('a change to the calendar', () => {
  it('changes nothing while it is looked at, then all of it, once, with who and why', async () => {
    const before = await labels();
    const id = await show([closure('2026-11-18'), closure('2026-11-19')]);
    expect(await labels()).toEqual(before);
    expect(await make(id)).toEqual({ told: 0 });
    expect(await make(id, 'an old version')).toEqual({ told: 0 });
    expect(await labels()).toEqual([...before, 'No heating 2026-11-18', 'No heating 2026-11-19']);
    expect(await db.calendarChange.findUniqueOrThrow({ where: { id } })).toMatchObject({
      ...{ reason: 'The boiler broke', byUser: 'a:sal', madeBy: 'a:head', fileName: null, madeAt: expect.any(Date) },
    });
  });

  it('is refused if the calendar moved on since it was shown, and for another school', async () => {
    const [first, second] = [await show([closure('2026-11-23')]), await show([closure('2026-11-24')])];
    const seen = await version();
    await make(first, seen);
    await expect(make(second, seen)).rejects.toMatchObject({ code: 'Stale' });
    await expect(makeChange(db, { schoolId: 'b', changeId: second, version: seen, by: null })).rejects.toMatchObject({
      code: 'NotFound',
    });
    expect(await labels()).not.toContain('No heating 2026-11-24');
  });

  it('of which two are made at once is made once', async () => {
    const [one, other] = [await show([closure('2026-12-01', 'One')]), await show([closure('2026-12-01', 'Other')])];
    const seen = await version();
    const made = await Promise.allSettled([make(one, seen), make(other, seen)]);
    expect(made.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  });

  it('is refused with what would be wrong, and says when there is nothing to change', async () => {
    await expect(show([closure('2027-08-20')])).rejects.toThrow(/"No heating" on 20 Aug 2027: it lies in no term/);
    await expect(show([])).rejects.toThrow('The calendar says so already');
  });

  it('by a file keeps how each row was read; the same file again is nothing new', async () => {
    const rows = 'half-term,2026-10-26,2026-10-30,October,,,\nclosure,2026-12-03,2026-12-03,Leak,Science block,9; 10,\n';
    const shown = await file('add', rows);
    if ('problems' in shown) throw new Error(JSON.stringify(shown));
    expect((await db.calendarChange.findUniqueOrThrow({ where: { id: shown.changeId } })).rows).toMatchObject([
      { at: 'row 2', says: 'half-term "October" from 26 Oct 2026 to 30 Oct 2026', why: null },
      { at: 'row 3', says: 'closure "Leak" on 3 Dec 2026 for Year 9 and Year 10 (Science block)' },
    ]);
    await make(shown.changeId);
    expect((await periodsOf(db, 'a')).at(-1)).toMatchObject({
      covers: { part: 'Science block', yearGroups: [9, 10], classes: [] },
    });
    await expect(file('add', rows)).rejects.toThrow('says all of this already');
  });

  it('by a file that would overlap itself or the calendar names the row, and the other', async () => {
    expect(await file('add', 'term,2027-01-04,2027-03-25,Spring,,,\nhalf-term,2027-08-02,2027-08-06,August,,,\n')).toEqual({
      problems: [
        {
          ...{ at: 'row 2', column: '', value: '' },
          cure: 'The term "Spring" from 4 Jan 2027 to 25 Mar 2027: it overlaps the term "Year" from 2 Sep 2026 to 21 Jul 2027: mend the dates of one of the two',
        },
        {
          ...{ at: 'row 3', column: '', value: '' },
          cure: 'The half-term "August" from 2 Aug 2027 to 6 Aug 2027: it lies in no term: mend its dates, or those of the term',
        },
      ],
    });
  });

  it('forgets what was only looked at a week ago', async () => {
    const old = await show([closure('2026-12-07')]);
    await db.calendarChange.update({ where: { id: old }, data: { shownAt: new Date(Date.now() - 8 * 86_400_000) } });
    await show([closure('2026-12-08')]);
    expect(await db.calendarChange.count({ where: { id: old } })).toBe(0);
  });
});
