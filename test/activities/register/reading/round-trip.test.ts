import { describe, expect, it } from '@jest/globals';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { mappingOf } from '../../../../activities/register/reading/presets.ts';
import { addDays, type Day } from '../../../../policy/calendar/day.ts';
import { codeTable } from '../../../../policy/register/codes.ts';
import { csvForms } from '../../../../policy/register/csv-forms.ts';
import type { Mapping } from '../../../../policy/register/mapping/mapping.ts';
import { readMapping } from '../../../../policy/register/mapping/read-mapping.ts';
import { marksIn, reading } from './a-file.ts';
import { type CellXml, workbook, xml } from './a-workbook.ts';

/** Ten codes of a week, Monday morning first, for each of some pupils. */
type Week = { monday: Day; pupils: { no: string; codes: string[] }[] };
type Cell = string | { day: Day };

const british = (day: Day) => `${Number(day.slice(8))}/${day.slice(5, 7)}/${day.slice(0, 4)}`;
const sessionAt = (monday: Day, i: number) => ({ date: addDays(monday, Math.floor(i / 2)), session: i % 2 === 0 ? 'AM' : 'PM' });
const ten = Array.from({ length: 10 }, (_, i) => i);
const mapping = (more: string) => readMapping(`mapping: ours\ntitle: Ours\nrests on: us\nkind: marks\n${more}`, 'ours.yaml');

/** How a week is laid out, and by which mapping it is read again. */
const shapes: Record<string, { mapping: Mapping | undefined; table(week: Week): Cell[][] }> = {
  'our own form': {
    mapping: undefined,
    table: ({ monday, pupils }) => [
      ['admission_no', 'date', 'session', 'code'],
      ...pupils.flatMap(({ no, codes }) =>
        codes.map((code, i) => [no, { day: sessionAt(monday, i).date }, sessionAt(monday, i).session, code]),
      ),
    ],
  },
  'a system’s own, British dates': {
    mapping: mappingOf('sims-marks'),
    table: ({ monday, pupils }) => [
      ['Register'],
      ['Mark', 'Adno', 'Reg', 'Session', 'Date'],
      ...pupils.flatMap(({ no, codes }) =>
        codes.map((code, i) => [code, no, '9A', sessionAt(monday, i).session, british(sessionAt(monday, i).date)]),
      ),
    ],
  },
  'a column for each session': {
    mapping: mappingOf('firstbell-marks-wide'),
    table: ({ monday, pupils }) => [
      ['admission_no', ...ten.map((i) => `${sessionAt(monday, i).date} ${sessionAt(monday, i).session}`)],
      ...pupils.map(({ no, codes }) => [no, ...codes]),
    ],
  },
  'a date over two sessions': {
    mapping: mapping('shape: wide\ndates: british\nheading: { rows: 2 }\ncolumns: { admission_no: Adno }\nignore: others'),
    table: ({ monday, pupils }) => [
      ['', ...ten.map((i) => (i % 2 === 0 ? { day: sessionAt(monday, i).date } : ''))],
      ['Adno', ...ten.map((i) => sessionAt(monday, i).session)],
      ...pupils.map(({ no, codes }) => [no, ...codes]),
    ],
  },
  'a column for each day': {
    mapping: mapping('shape: wide\ndates: british\nwide: { sessions: both }\ncolumns: { admission_no: Adno }'),
    table: ({ monday, pupils }) => [
      ['Adno', ...[0, 1, 2, 3, 4].map((i) => british(addDays(monday, i)))],
      ...pupils.map(({ no, codes }) => [no, ...[0, 2, 4, 6, 8].map((i) => `${codes[i]}${codes[i + 1]}`)]),
    ],
  },
  'a week in a cell': {
    mapping: mappingOf('firstbell-marks-weekly'),
    table: ({ monday, pupils }) => [
      ['admission_no', 'week', 'marks'],
      ...pupils.map(({ no, codes }) => [no, { day: monday }, codes.join('')]),
    ],
  },
};

const text = (table: Cell[][], delimiter: string) =>
  stringify(
    table.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.day))),
    { delimiter, escape_formulas: true, record_delimiter: 'windows', cast: { string: (value) => value } },
  );
const serial = (day: Day, epoch: Day) => (Date.parse(day) - Date.parse(epoch)) / 86_400_000;
const book = (table: Cell[][], from1904: boolean) => {
  const cell = (one: Cell): string | CellXml =>
    typeof one === 'string' ? one : xml(`<v>${serial(one.day, from1904 ? '1904-01-01' : '1899-12-30')}</v>`, 's="2"');
  return workbook({ sheets: [{ name: 'Marks', rows: table.map((row) => row.map(cell)) }], from1904, shared: !from1904 });
};
const latin1 = (content: string) => Buffer.from(content, 'latin1');
const utf16 = (content: string) => Buffer.from(content, 'utf16le');

const formats: Record<string, (table: Cell[][]) => Buffer | Promise<Buffer>> = {
  'CSV in UTF-8': (table) => Buffer.from(text(table, ',')),
  'CSV with a byte order mark': (table) => Buffer.from(`\uFEFF${text(table, ',')}`),
  'CSV in Windows-1252': (table) => latin1(text(table, ',')),
  'semicolons in UTF-16': (table) => utf16(`\uFEFF${text(table, ';')}`),
  'tabs in UTF-16, the high byte first': (table) => utf16(`\uFEFF${text(table, '\t')}`).swap16(),
  'tabs in UTF-16 without a mark': (table) => utf16(text(table, '\t')),
  'a workbook': (table) => book(table, false),
  'a workbook that counts from 1904': (table) => book(table, true),
};

const every = Object.keys(shapes).flatMap((shape) => Object.keys(formats).map((format) => [shape, format] as const));
const codesOn = (day: Day) =>
  codeTable.filter(({ from, until }) => (from ?? '') <= day && day <= (until ?? '9999')).map(({ code }) => code);

async function comesBack(shape: string, format: string, week: Week): Promise<void> {
  const laid = shapes[shape] as (typeof shapes)[string];
  const bytes = await (formats[format] as (typeof formats)[string])(laid.table(week));
  const read = await reading(bytes, { kind: 'marks', mapping: laid.mapping }, 1_000);
  const expected = week.pupils.flatMap(({ no, codes }) =>
    codes.map((code, i) => `${no} ${sessionAt(week.monday, i).date} ${sessionAt(week.monday, i).session} ${code}`),
  );
  expect(read.refused).toBe('');
  expect(marksIn(read).map((line) => line.replace(/^\d+ /, ''))).toEqual(expected);
}

describe.each([
  ['after the reform of 2024', '2026-09-14'],
  ['before it', '2023-09-11'],
])('every code of the table, %s', (_name, monday) => {
  const codes = [...codesOn(monday), '-'];
  const pupils = Array.from({ length: Math.ceil(codes.length / 10) }, (_, p) => ({
    no: `Zoë-${p}`,
    codes: ten.map((i) => codes[(p * 10 + i) % codes.length] ?? '-'),
  }));
  it.each(every)('comes back from %s, %s', (shape, format) => comesBack(shape, format, { monday, pupils }));
});

describe('the minutes of a late mark', () => {
  const rows = (of: string): Cell[][] => [
    ['1', { day: '2026-09-14' }, 'AM', 'L', `12${of}`],
    ['1', { day: '2026-09-15' }, 'AM', 'U', `45${of}`],
    ['1', { day: '2026-09-16' }, 'AM', '/', '0'],
    ['1', { day: '2026-09-17' }, 'AM', 'L', ''],
  ];
  const own: Cell[][] = [['admission_no', 'date', 'session', 'code', 'minutes_late'], ...rows('')];
  const theirs: Cell[][] = [['Adno', 'Date', 'Session', 'Mark', 'Minutes Late'], ...rows(' mins')].map(
    ([no = '', on = '', ...rest]) => [no, typeof on === 'string' ? on : british(on.day), ...rest],
  );
  it.each([
    ['our own form', own, undefined],
    ['a system’s own', theirs, mappingOf('sims-marks')],
  ])('come back from %s', async (_, table, by) => {
    for (const file of [Buffer.from(text(table, ',')), await book(table, false)]) {
      const read = await reading(file, { kind: 'marks', mapping: by }, 100);
      expect(read.refused).toBe('');
      const minutes = read.rows.map(({ cells }) => csvForms.marks.parse(cells).minutes_late);
      expect(minutes).toEqual([12, 45, 0, 0]);
    }
  });

  it('are not said by a file without the column', async () => {
    const read = await reading(
      Buffer.from(
        text(
          own.map((row) => row.slice(0, 4)),
          ',',
        ),
      ),
      { kind: 'marks' },
      100,
    );
    expect(read.rows.map(({ cells }) => csvForms.marks.parse(cells).minutes_late)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

it('a figure beside a late code is told of in any shape and format: it is neither lost nor taken for a mark', async () => {
  const written = fc.record({
    code: fc.constantFrom('L', 'U'),
    minutes: fc.integer({ min: 1, max: 480 }),
    between: fc.constantFrom(['', ''], ['(', ')'], [':', ''], [' ', '']),
    at: fc.nat(9),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...every), written, async ([shape, format], { code, minutes, between, at }) => {
      const laid = shapes[shape] as (typeof shapes)[string];
      const codes: string[] = ten.map((i) => (i % 2 === 0 ? '/' : '\\'));
      const late = codes.with(at, `${code}${between[0]}${minutes}${between[1]}`);
      const table = laid.table({ monday: '2026-09-14', pupils: [{ no: '1', codes: late }] });
      const bytes = await (formats[format] as (typeof formats)[string])(table);
      const said = marksIn(await reading(bytes, { kind: 'marks', mapping: laid.mapping }, 1_000));
      expect(said.filter((one) => one.includes(`Write "${code}" alone`))).toHaveLength(1);
      expect(said.filter((one) => /(AM|PM) [LU]/.test(one.replace(/".*/, '')))).toEqual([]);
    }),
    { numRuns: 100 },
  );
});

it('any week comes back from any shape in any format', async () => {
  const day = '2026-09-14';
  const code = fc.constantFrom(...codesOn(day), '-');
  const pupil = fc.record({
    no: fc.stringMatching(/^[A-Z0-9][A-Zé0-9-]{0,8}$/),
    codes: fc.array(code, { minLength: 10, maxLength: 10 }),
  });
  const weeks = fc.record({
    monday: fc.nat(30).map((n) => addDays(day, n * 7)),
    pupils: fc.uniqueArray(pupil, { minLength: 1, maxLength: 5, selector: ({ no }) => no }),
  });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...every), weeks, ([shape, format], week) => comesBack(shape, format, week)),
    {
      numRuns: 150,
    },
  );
});
