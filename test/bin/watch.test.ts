import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { laidIn } from '../../bin/watch/laid-in.ts';
import { takeIn } from '../../bin/watch/take-in.ts';
import { keepMapping } from '../../prisma/school-mappings.ts';
import { aRegister, csvOf, markCells, pupilCells } from '../activities/register/a-register.ts';
import { firstbell } from '../support/firstbell.ts';
import { until } from '../support/until.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
let folder: string;
beforeAll(async () => {
  school = await aRegister();
  folder = mkdtempSync(path.join(tmpdir(), 'firstbell-watch-'));
});
afterAll(async () => {
  await school.end();
  rmSync(folder, { recursive: true });
});

const lay = (name: string, content: string) => writeFileSync(path.join(folder, name), content);
const marks = (...rows: Parameters<typeof markCells>[0][]) => csvOf('marks', rows.map(markCells));
const at = (where: string) => readdirSync(path.join(folder, where)).sort();

describe('firstbell watch', () => {
  it('imports what lies in a folder once, pupils first, and lays it away with what is wrong', async () => {
    lay('marks of the day.csv', marks(['B1', '2026-09-14', 'AM', '/']));
    lay('pupils.csv', csvOf('pupils', [pupilCells('B1', 5)]));
    lay('marks-bad.csv', marks(['B1', '2026-09-14', 'PM', 'zz']));
    lay('notes.csv', 'none of ours');
    const { code, out, err } = await firstbell(['watch', folder, '--school', 'kiln', '--once'], { DATABASE_URL: school.url });
    expect([code, err]).toEqual([1, '']);
    expect(out.split('\n').map((line) => line.slice(25))).toEqual([
      'pupils.csv: 1 row read: 1 new, 0 changed.',
      'marks of the day.csv: 1 row read: 1 new, 0 changed.',
      'marks-bad.csv: Nothing was imported: there is 1 problem to mend.',
      '',
    ]);
    expect(await school.believed('B1')).toEqual(['2026-09-14 AM /']);
    expect(at('.')).toEqual(['notes.csv', 'reading', 'refused', 'taken']);
    expect(at('taken')).toEqual([expect.stringMatching(/Z pupils\.csv$/), expect.stringMatching(/Z marks of the day\.csv$/)]);
    const [, problems = ''] = at('refused');
    expect(readFileSync(path.join(folder, 'refused', problems), 'utf8')).toMatch(/row,column,value,cure\n2,code,zz,/);
  });

  it('reads what another system lays there by the school’s own mapping, or by one that is named', async () => {
    const columns = 'columns: { admission_no: Who, date: Day, session: Half, code: Sign }';
    const text = ['mapping: night-job', 'title: The night job', 'rests on: our own export', 'kind: marks', columns].join('\n');
    await keepMapping(school.db, {
      schoolId: 'kiln',
      name: 'night-job',
      title: 'The night job',
      kind: 'marks',
      text,
      keptBy: 'x',
    });
    lay('marks-theirs.csv', 'Who,Day,Half,Sign\nA2,2026-09-16,AM,L');
    lay('marks-own.csv', marks(['A2', '2026-09-16', 'PM', '\\']));
    const once = (...more: string[]) =>
      firstbell(['watch', folder, '--school', 'kiln', '--once', ...more], { DATABASE_URL: school.url });
    expect(await once()).toMatchObject({ code: 0, err: '' });
    expect((await school.believed('A2')).filter((mark) => mark.startsWith('2026-09-16'))).toEqual([
      '2026-09-16 AM L',
      '2026-09-16 PM \\',
    ]);
    lay('marks-sims.csv', 'Adno,Date,Session,Mark\nA2,17/09/2026,AM,/');
    expect(await once('--mapping', 'sims-marks')).toMatchObject({ code: 0 });
    expect(await school.believed('A2')).toContain('2026-09-17 AM /');
    const twice = await once('--mapping', 'sims-marks', '--mapping', 'night-job');
    expect([twice.code, twice.err]).toEqual([2, expect.stringContaining('Both "sims-marks" and "night-job" are for marks')]);
  });

  it('lays away the file that was read, and not one that took its name meanwhile', async () => {
    lay('marks.csv', marks(['B1', '2026-09-21', 'AM', '/']));
    const today = async () => {
      lay('marks.csv', marks(['B1', '2026-09-21', 'PM', 'L']));
      return '2026-10-16';
    };
    const into = { deps: school.deps, schoolId: 'kiln', today, mappings: new Map() };
    expect(await takeIn(folder, await laidIn(folder, { settled: true })(), into)).toBe(0);
    expect(await school.believed('B1')).toEqual(['2026-09-14 AM /', '2026-09-21 AM /']);
    expect(readFileSync(path.join(folder, 'marks.csv'), 'utf8')).toContain('PM');
    expect(at('reading')).toEqual([]);
  });

  it('goes on with a file that could not be tried, before what came after it', async () => {
    const look = laidIn(folder, { settled: true });
    const away = {
      deps: school.deps,
      schoolId: 'kiln',
      today: () => Promise.reject(new Error('No database')),
      mappings: new Map(),
    };
    expect(await takeIn(folder, await look(), away)).toBe(1);
    lay('marks.csv', marks(['B1', '2026-09-21', 'PM', '\\']));
    expect((await look()).map(({ name, begun }) => [name, begun !== undefined])).toEqual([
      ['marks.csv', true],
      ['marks.csv', false],
    ]);
    expect(await takeIn(folder, await look(), { ...away, today: async () => '2026-10-16' })).toBe(0);
    expect(await school.believed('B1')).toEqual(['2026-09-14 AM /', '2026-09-21 AM /', '2026-09-21 PM \\']);
  });

  it('takes nothing that comes after a file that could not be tried: what is newer is to be taken last', async () => {
    lay('marks-1.csv', marks(['B1', '2026-09-22', 'AM', 'N']));
    lay('marks-2.csv', marks(['B1', '2026-09-22', 'AM', 'I']));
    let asked = 0;
    const today = () => (asked++ === 0 ? Promise.reject(new Error('No database')) : Promise.resolve('2026-10-16'));
    const into = { deps: school.deps, schoolId: 'kiln', today, mappings: new Map() };
    const look = laidIn(folder, { settled: true });
    expect(await takeIn(folder, await look(), into)).toBe(1);
    expect(at('.').filter((name) => name.startsWith('marks-2'))).toEqual(['marks-2.csv']);
    expect(await takeIn(folder, await look(), into)).toBe(0);
    expect(await school.believed('B1')).toContain('2026-09-22 AM I');
  });

  it('lets marks wait while the pupils are still written', async () => {
    const look = laidIn(folder, { settled: false });
    lay('marks.csv', marks(['B1', '2026-09-23', 'AM', '/']));
    lay('pupils.csv', 'half');
    await look();
    lay('pupils.csv', 'half a file');
    expect(await look()).toEqual([]);
    expect((await look()).map(({ name }) => name)).toEqual(['pupils.csv', 'marks.csv']);
    for (const name of ['marks.csv', 'pupils.csv']) rmSync(path.join(folder, name));
  });

  it('looks again into a folder that is away for a moment', async () => {
    const share = path.join(folder, 'share');
    mkdirSync(share);
    const args = ['bin/firstbell.mjs', 'watch', share, '--school', 'kiln', '--every', '1'];
    const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, DATABASE_URL: school.url } });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        said += text;
      });
    await until(async () => said.includes('Watching'));
    rmSync(share, { recursive: true });
    await until(async () => said.includes('will be looked at again'));
    mkdirSync(share);
    writeFileSync(path.join(share, 'marks.csv'), marks(['B1', '2026-09-24', 'AM', '/']));
    await until(async () => (await school.believed('B1')).includes('2026-09-24 AM /'));
    child.kill('SIGTERM');
    expect(await new Promise((ended) => child.on('exit', ended))).toBe(0);
  });

  it('takes a file that is still written only when it is whole, and ends when it is told to', async () => {
    const args = ['bin/firstbell.mjs', 'watch', folder, '--school', 'kiln', '--every', '1'];
    const child = spawn(process.execPath, args, { env: { PATH: process.env.PATH, DATABASE_URL: school.url } });
    let out = '';
    child.stdout.on('data', (text) => {
      out += text;
    });
    await until(async () => out.includes('Watching'));
    lay('marks.csv', marks(['A1', '2026-09-15', 'AM', '/']));
    await until(async () => (await school.believed('A1')).length === 1);
    await until(async () => out.includes('1 row read'));
    child.kill('SIGTERM');
    expect(await new Promise((ended) => child.on('exit', ended))).toBe(0);
  });
});
