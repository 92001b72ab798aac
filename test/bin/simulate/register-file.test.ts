import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { schoolInFiles } from '../../../bin/simulate/register-file.ts';
import { type Day, weekday } from '../../../policy/calendar/day.ts';
import { isSchoolDay, schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { exampleCalendar } from '../../../policy/simulate/example-calendar.ts';
import { firstbell } from '../../support/firstbell.ts';

const days = schoolDaysBetween(exampleCalendar(), '2025-09-01', '2025-12-19');
const year = { from: '2025-09-01', to: '2026-08-31' };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'firstbell-register-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const kept = (name: string, lines: readonly string[]): string => {
  const file = path.join(folder, name);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
};
const head = 'admission_no,date,session,code,reason';
const marksOf = (no: string, absent: readonly Day[]) =>
  days.flatMap((on) =>
    (['AM', 'PM'] as const).map(
      (session) => `${no},${on},${session},${absent.includes(on) ? 'O' : session === 'AM' ? '/' : '\\'},`,
    ),
  );
const everyNinth = days.filter((_, i) => i % 9 === 8);
const marks = () => kept('marks.csv', [head, ...marksOf('1002', everyNinth), ...marksOf('1001', [])]);

/** The same two among five: of fewer no number is taken out. */
const ofFive = () =>
  kept('five.csv', [head, ...marksOf('1002', everyNinth), ...['1001', '1003', '1004', '1005'].flatMap((no) => marksOf(no, []))]);

describe('a school in files', () => {
  it('has the days on which somebody was marked, and weekdays after them', async () => {
    const { school } = await schoolInFiles({ marks: marks() }, year);
    expect(schoolDaysBetween(school.calendar, year.from, '2025-12-19')).toEqual(days);
    const after = schoolDaysBetween(school.calendar, '2025-12-20', '2026-02-28');
    expect([after.length > 30, after.every((day) => weekday(day) <= 5)]).toEqual([true, true]);
  });

  it('knows of pupils their marks in order, and what a file of pupils says', async () => {
    const pupils = kept('pupils.csv', [
      'admission_no,upn,legal_name,date_of_birth,year_group,class,on_roll_from,flags',
      '1002,Q000000000019,Ada Example,2014-01-05,7,7A,2025-10-06,ehcp',
    ]);
    const { school, pupilOf } = await schoolInFiles({ marks: marks(), pupils }, year);
    expect(school.pupils.map(({ id }) => id)).toEqual(['1001', '1002']);
    expect(pupilOf('1001')).toMatchObject({ onRollFrom: '2025-09-02', flags: [] });
    const ada = pupilOf('Q000000000019');
    expect(ada).toMatchObject({ id: '1002', born: '2014-01-05', yearGroup: 7, flags: ['ehcp'] });
    const theirs = ada?.marksOn(year.to) ?? [];
    expect(theirs.slice(0, 2)).toMatchObject([
      { on: '2025-10-06', session: 'AM' },
      { on: '2025-10-06', session: 'PM' },
    ]);
  });

  it('knows the marks of the school year before too, and nobody who had left', async () => {
    const before = ['1001,2025-07-18,AM,O,', '1003,2025-07-18,AM,/,'];
    const { school, pupilOf } = await schoolInFiles(
      { marks: kept('years.csv', [head, ...before, ...marksOf('1001', [])]) },
      year,
    );
    expect(school.pupils.map(({ id }) => id)).toEqual(['1001']);
    expect(pupilOf('1001')?.marksOn(year.to)[0]).toMatchObject({ on: '2025-07-18', code: 'O' });
  });

  it('goes by a file of its calendar, where there is one', async () => {
    const calendar = kept('calendar.csv', [
      'kind,from,to,label',
      'term,2025-09-02,2026-07-21,Year',
      'inset,2025-09-05,2025-09-05,INSET',
    ]);
    const { school } = await schoolInFiles({ marks: marks(), calendar }, year);
    expect(['2025-09-05', '2025-10-28', '2026-06-01'].map((day) => isSchoolDay(school.calendar, day))).toEqual([
      false,
      true,
      true,
    ]);
  });

  it('goes by an iCalendar file too, from the school year before on, and says what of it is not taken', async () => {
    const event = (summary: string, from: string, to: string) => [
      ...['BEGIN:VEVENT', `UID:${summary}`, `SUMMARY:${summary}`],
      ...[`DTSTART;VALUE=DATE:${from}`, `DTEND;VALUE=DATE:${to}`, 'END:VEVENT'],
    ];
    const calendar = kept('calendar.ics', [
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Somebody//EN'],
      ...event('Summer term 2025', '20250428', '20250723'),
      ...event('Autumn term', '20250902', '20251220'),
      ...event('Open morning', '20251008', '20251009'),
      'END:VCALENDAR',
    ]);
    const { school, notTaken } = await schoolInFiles({ marks: marks(), calendar }, year);
    expect(['2025-04-25', '2025-07-22', '2025-09-02'].map((day) => isSchoolDay(school.calendar, day))).toEqual([
      false,
      true,
      true,
    ]);
    expect(notTaken).toEqual([expect.stringMatching(/^event 3, “Open morning” on 8 Oct 2025: Its words do not say/)]);
  });

  it.each([
    ['a row that is wrong', [head, '1001,2025-09-08,noon,/,'], 'row 2, session: Write AM or PM'],
    ['a column that is missing', ['admission_no,date,session', '1001,2025-09-08,AM'], 'The column "code" is missing'],
    ['two marks of one session', [head, '1001,2025-09-08,AM,/,', '1001,2025-09-08,AM,O,'], 'on 2025-09-08 AM both / and O'],
    ['another year', [head, '1001,2024-09-09,AM,/,'], 'has no marks from 2025-09-01'],
  ])('is refused with the cure: %s', async (_, lines, said) => {
    await expect(schoolInFiles({ marks: kept('bad.csv', lines) }, year)).rejects.toThrow(said);
  });
});

describe('firstbell simulate on a file', () => {
  const asked = ['simulate', '--policy', 'gloucestershire', '--year', '2025/26'];

  it('needs no database: a report with what is assumed, and one pupil’s story', async () => {
    const assumptions = kept('people.yaml', ['declined: 0', 'decides after: { sal: 4 }']);
    const { code, out } = await firstbell([
      ...asked,
      '--against',
      'demat',
      '--register',
      ofFive(),
      '--assumptions',
      assumptions,
      '--json',
    ]);
    const report = JSON.parse(out);
    expect([code, report.until, report.assumptions.declined, report.assumptions['decides after'].sal]).toEqual([
      0,
      '2025-12-19',
      0,
      4,
    ]);
    expect(report.outcomes).toMatchObject([{ policy: 'gloucestershire', pupils: 5, pupilsWithCase: 1 }, { policy: 'demat' }]);
    expect(report.differences).toMatchObject([{ pupil: '1002' }]);
    const story = await firstbell([...asked, '--register', marks(), '--pupil', '1002', '--assumptions', assumptions]);
    expect(story.out).toContain('Proposed: Letter 1 (Appendix 1, step 6)');
    expect(story.out).toMatch(/Approved: Letter 1, by the senior attendance lead/);
  });

  it('takes out no number of fewer pupils than somebody could be known among', async () => {
    const { out } = await firstbell([...asked, '--against', 'demat', '--register', marks(), '--json']);
    expect(JSON.parse(out)).toMatchObject({ tooSmall: true, outcomes: [], differences: [], until: '2025-12-19' });
    expect((await firstbell([...asked, '--register', marks(), '--csv'])).out.trim().split('\n')).toHaveLength(1);
  });

  it('says what it cannot do with a file', async () => {
    const past = await firstbell([...asked, '--register', marks(), '--as-known']);
    expect([past.code, past.err]).toEqual([2, expect.stringContaining('keeps its past')]);
    const nobody = await firstbell([...asked, '--register', marks(), '--pupil', '9']);
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining('has no pupil with the UPN 9')]);
  });
});
