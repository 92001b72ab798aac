import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { correctionsOf } from '../../prisma/register.ts';
import { keepMapping } from '../../prisma/school-mappings.ts';
import { aRegister, csvOf, markCells, schoolId } from '../activities/register/a-register.ts';
import { firstbell as command } from '../support/firstbell.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-import-'));
beforeAll(async () => {
  school = await aRegister();
});
afterAll(async () => {
  await school.end();
  rmSync(folder, { recursive: true });
});

const firstbell = (args: string[], env: Record<string, string> = { DATABASE_URL: school.url }) =>
  command(['import', ...args], env);

function file(name: string, rows: [string, string, string, string][]): string {
  const at = path.join(folder, name);
  writeFileSync(
    at,
    csvOf(
      'marks',
      rows.map((row) => markCells(row)),
    ),
  );
  return at;
}

describe('firstbell import', () => {
  it('takes a file in, and says what it did; the same file again changes nothing', async () => {
    const marks = file('marks.csv', [['A1', '2026-09-14', 'AM', '/']]);
    expect(await firstbell(['marks', marks, '--school', 'kiln'])).toEqual({
      code: 0,
      out: '1 row read: 1 new, 0 changed.\n',
      err: '',
    });
    const again = await firstbell(['marks', marks, '--school', 'kiln']);
    expect([again.code, again.out]).toEqual([0, expect.stringMatching(/^Nothing changed/)]);
  });

  it('takes what another system exported by a mapping, and says what of it was not read', async () => {
    const at = path.join(folder, 'register.csv');
    writeFileSync(at, 'Adno;Name;15/09/2026 AM\nA1;Zo\u00EB;/\n', 'latin1');
    const { code, out } = await firstbell(['marks', at, '--school', 'kiln', '--mapping', 'sims-marks-wide']);
    expect([code, out.split('\n')]).toEqual([
      0,
      [
        '1 row read: 1 new, 0 changed.',
        expect.stringMatching(/^ {2}The text is not UTF-8 and was read as Windows-1252/),
        expect.stringMatching(/^ {2}Minutes late are not read from this layout/),
        '  Columns that are not read: Name.',
        '',
      ],
    ]);
  });

  it('takes a folder with a file of each school, each whole or not at all, and ends with 1 if one was not taken', async () => {
    const [{ name, address, phone, email, authorityId, packId, training, today }] = [
      await school.db.school.findUniqueOrThrow({ where: { id: schoolId } }),
    ];
    const second = { id: 'larkfield', name, address, phone, email, authorityId, packId, training, today };
    await school.db.school.create({ data: second });
    const periods = await school.db.calendarPeriod.findMany({ where: { schoolId } });
    await school.db.calendarPeriod.createMany({
      data: periods.map(({ id: _, ...one }) => ({ ...one, schoolId: 'larkfield' })),
    });
    const all = mkdtempSync(path.join(folder, 'all-'));
    const lay = (at: string, rows: [string, string, string, string][]) =>
      writeFileSync(path.join(all, at), csvOf('marks', rows.map(markCells)));
    lay('kiln.1.csv', [['A1', '2026-09-21', 'AM', '/']]);
    lay('kiln.2.csv', [['A1', '2026-09-21', 'AM', 'L']]);
    lay('larkfield.csv', [['A1', '2026-09-21', 'AM', '/']]);
    lay('nowhere.csv', [['A1', '2026-09-21', 'AM', '/']]);
    const { code, out } = await firstbell(['marks', all, '--each-school']);
    expect(out).toMatch(/^kiln\.1\.csv: 1 row read: 1 new, 0 changed\.$/m);
    expect(out).toMatch(/^kiln\.2\.csv: 1 row read: 0 new, 1 changed\.$/m);
    expect(out).toMatch(
      /^larkfield\.csv: Nothing was imported: there is 1 problem to mend\.\n {2}larkfield\.csv, row 2, admission_no, "A1": No pupil/m,
    );
    expect(out).toMatch(/^nowhere\.csv: Not imported: There is no school "nowhere"\. Schools: kiln, larkfield\.$/m);
    expect([code, out.trimEnd().split('\n').at(-1)]).toEqual([1, '4 files, 2 of them not imported.']);
  });

  it('reads by a mapping that the school has kept', async () => {
    const columns = 'columns: { admission_no: Who, date: When, session: Half, code: Mark }';
    const text = ['mapping: night-job', 'title: The night job', 'rests on: our own export', 'kind: marks', columns].join('\n');
    await keepMapping(school.db, { schoolId, name: 'night-job', title: 'The night job', kind: 'marks', text, keptBy: 'office' });
    const at = path.join(folder, 'night.csv');
    writeFileSync(at, 'Who,When,Half,Mark\nA1,2026-09-16,AM,/\n');
    const { code, out } = await firstbell(['marks', at, '--school', 'kiln', '--mapping', 'night-job']);
    expect([code, out]).toEqual([0, '1 row read: 1 new, 0 changed.\n']);
  });

  it('lists each bad row with its cure, and ends with 1', async () => {
    const { code, out } = await firstbell(['marks', file('bad.csv', [['A1', '2026-09-14', 'AM', 'zz']]), '--school', 'kiln']);
    expect(code).toBe(1);
    expect(out).toMatch(/^Nothing was imported: there is 1 problem to mend\.\n {2}bad\.csv, row 2, code, "zz": /);
  });

  it('shows what a file would do and takes it only when told to, the good rows only if that is said', async () => {
    const mixed = file('mixed.csv', [
      ['A2', '2026-09-15', 'AM', '/'],
      ['A2', '2026-09-15', 'PM', 'zz'],
    ]);
    const { out, code } = await firstbell(['marks', mixed, '--school', 'kiln', '--preview']);
    expect([code, out]).toEqual([0, expect.stringMatching(/^Nothing is in the register yet\. 2 rows read: 1 new.*1 wrong\.\n/)]);
    expect(await school.believed('A2')).toEqual([]);
    const take = (...args: string[]) => command(['take-import', ...args], { DATABASE_URL: school.url });
    const [, id = ''] = /take-import (\S+)/.exec(out) ?? [];
    expect(await take(id, '--school', 'kiln')).toMatchObject({ code: 1, err: expect.stringMatching(/^1 row cannot be taken/) });
    expect(await take(id, '--school', 'kiln', '--leave-out-rejected')).toEqual({
      ...{ code: 0, err: '' },
      out: '2 rows read: 1 new, 0 changed. 1 row left out.\n',
    });
    expect(await school.believed('A2')).toEqual(['2026-09-15 AM /']);
    expect(await take(id, '--school', 'kiln', '--cancel')).toMatchObject({ code: 1, err: 'This import has ended already\n' });
  });

  it('says which rows would change, from what to what, before they are taken', async () => {
    await school.marks([['A2', '2026-09-17', 'AM', 'N']]);
    const rows = csvOf('marks', [markCells(['A2', '2026-09-17', 'AM', 'I']), markCells(['A2', '2026-09-17', 'PM', 'I'])]);
    const at = path.join(folder, 'found.csv');
    writeFileSync(at, rows);
    const { out } = await firstbell(['marks', at, '--school', 'kiln', '--preview']);
    const [, shown = ''] = /^See what is changed: firstbell (.+)$/m.exec(out) ?? [];
    const line = 'row 2, Pupil A2, 9A, 17 Sep 2026, morning, code: from N (Reason not yet established) to I (Illness)\n';
    expect(await command(shown.split(' '), { DATABASE_URL: school.url })).toEqual({ code: 0, out: line, err: '' });
  });

  it('asks why known marks are corrected when they are taken by hand, and says of a nightly file that the register says so now', async () => {
    await school.marks([['A2', '2026-09-18', 'AM', 'N']]);
    const at = file('typed.csv', [['A2', '2026-09-18', 'AM', 'I']]);
    const { out } = await firstbell(['marks', at, '--school', 'kiln', '--preview']);
    const [, id = ''] = /take-import (\S+) --school kiln --reason "…"$/m.exec(out) ?? [];
    const take = (...args: string[]) => command(['take-import', id, '--school', 'kiln', ...args], { DATABASE_URL: school.url });
    const why = '1 known mark would be corrected without a reason. Say why with --reason';
    expect(await take()).toMatchObject({ code: 1, err: expect.stringContaining(why) });
    expect(await take('--reason', 'The mother rang')).toMatchObject({ code: 0, err: '' });
    await firstbell(['marks', file('nightly.csv', [['A2', '2026-09-18', 'AM', 'M']]), '--school', 'kiln']);
    const span = { from: '2026-09-18', to: '2026-09-18' } as const;
    expect(await correctionsOf(school.db, await school.idOf('A2'), span)).toMatchObject([
      { is: 'M', reason: 'As the school’s own register says now, in the file nightly.csv' },
      { is: 'I', reason: 'The mother rang', byName: expect.stringMatching(/^firstbell take-import, run by /) },
    ]);
  });

  it.each<[string, string[], number, RegExp]>([
    ['a kind that is none', ['letters', 'x.csv', '--school', 'kiln'], 2, /pupils, contacts, marks/],
    ['no school', ['marks', 'x.csv'], 2, /Name the school with --school/],
    [
      'no such mapping',
      ['marks', 'package.json', '--school', 'kiln', '--mapping', 'x'],
      1,
      /no mapping or file "x"\. Mappings: arbor-contacts, arbor-marks-wide, /,
    ],
    [
      'a mapping of others',
      ['marks', 'package.json', '--school', 'kiln', '--mapping', 'sims-pupils'],
      1,
      /is for a pupils file: choose one for marks/,
    ],
    ['no such file', ['marks', 'nowhere.csv', '--school', 'kiln'], 1, /There is no file nowhere\.csv/],
    [
      'no such school',
      ['marks', 'package.json', '--school', 'other'],
      1,
      /There is no school "other"\. Schools: kiln, larkfield\./,
    ],
  ])('says what is wrong: %s', async (_name, args, code, expected) => {
    const ended = await firstbell(args);
    expect([ended.code, ended.err]).toEqual([code, expect.stringMatching(expected)]);
  });

  it('says how to start when no database runs', async () => {
    const ended = await firstbell(['marks', 'package.json', '--school', 'kiln', '--data', folder], {});
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/No database runs in .*npm start/)]);
  });
});
