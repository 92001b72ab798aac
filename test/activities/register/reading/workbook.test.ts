import { afterAll, describe, expect, it } from '@jest/globals';
import { readMapping } from '../../../../policy/register/mapping/read-mapping.ts';
import { marksIn, ownTemporaryFolder, reading } from './a-file.ts';
import { type CellXml, workbook, xml, zip } from './a-workbook.ts';

const heading = ['admission_no', 'date', 'session', 'code'];
const sheet = (...rows: (string | CellXml)[][]) => ({ name: 'Marks', rows: [heading, ...rows] });
const marks = async (bytes: Buffer, more?: string) => {
  const mapping =
    more === undefined ? undefined : readMapping(`mapping: ours\ntitle: Ours\nrests on: us\nkind: marks\n${more}`, 'ours.yaml');
  const read = await reading(bytes, { kind: 'marks', mapping });
  return read.refused || marksIn(read);
};

describe('a workbook', () => {
  it.each([
    ['texts in their cells', false],
    ['texts in one list', true],
  ])('is read with its %s, every sign as it is', async (_name, shared) => {
    const rows = sheet(
      ['Zoë & <Łukasz>', '2026-09-14', 'AM', '/'],
      ['007', '2026-09-14', 'PM', '\\'],
      ['=x', '2026-09-15', 'AM', '#'],
    );
    expect(await marks(await workbook({ sheets: [rows], shared }))).toEqual([
      '2 Zoë & <Łukasz> 2026-09-14 AM /',
      '3 007 2026-09-14 PM \\',
      '4 admission_no "=x": This is a spreadsheet formula: save the file with values instead',
    ]);
  });

  it.each([
    ['a date that Excel knows', xml('<v>46279</v>', 's="1"'), false, '2026-09-14'],
    ['a date written out', xml('<v>46279.0</v>', 's="2"'), false, '2026-09-14'],
    ['a date counted from 1904', xml('<v>44817</v>', 's="1"'), true, '2026-09-14'],
    ['a date as the newer type', xml('<v>2026-09-14T00:00:00</v>', 't="d"'), false, '2026-09-14'],
    ['a date that a formula came to', xml('<f>TODAY()</f><v>46279</v>', 's="1"'), false, '2026-09-14'],
    ['a text that a formula came to', xml('<f>A1</f><v>2026-09-14</v>', 't="str"'), false, '2026-09-14'],
    [
      'runs of a text',
      xml('<is><r><t>2026-</t></r><r><t>09-14</t></r><rPh><t>x</t></rPh></is>', 't="inlineStr"'),
      false,
      '2026-09-14',
    ],
  ])('gives %s', async (_name, date, from1904, expected) => {
    expect(await marks(await workbook({ sheets: [sheet(['A1', date, 'AM', '/'])], from1904 }))).toEqual([
      `2 A1 ${expected} AM /`,
    ]);
  });

  it.each([
    ['a date with a time', xml('<v>46279.375</v>', 's="1"'), '2026-09-14 09:00'],
    ['a number that is no date', xml('<v>46279</v>'), '46279'],
    ['a time of day', xml('<v>0.375</v>', 's="4"'), '0.375'],
    ['a number with a word', xml('<v>2.5</v>', 's="5"'), '2.5'],
  ])('leaves %s to be refused', async (_name, date, shown) => {
    const [row] = (await marks(await workbook({ sheets: [sheet(['A1', date, 'AM', '/'])] }))) as string[];
    expect(row).toMatch(new RegExp(`^2 date "${shown}": Write`));
  });

  it('gives numbers as they are shown, and dates as a mapping says if nothing else does', async () => {
    const rows = sheet(
      [xml('<v>42</v>', 's="3"'), xml('<v>46279</v>'), 'AM', '/'],
      [xml('<v>1.0</v>'), xml('<v>46279</v>'), 'PM', '\\'],
    );
    const columns = 'columns: { admission_no: admission_no, date: date, session: session, code: code }';
    expect(await marks(await workbook({ sheets: [rows] }), `dates: excel-1900\n${columns}`)).toEqual([
      '2 00042 2026-09-14 AM /',
      '3 1 2026-09-14 PM \\',
    ]);
  });

  it('says which cell has no value to read, unless its column is not read', async () => {
    const rows = [
      [...heading, 'rate'],
      ['A1', '2026-09-14', 'AM', xml('<v>#N/A</v>', 't="e"'), ''],
      ['A2', '2026-09-14', 'AM', xml('<f>B2</f>'), ''],
      ['A3', '2026-09-14', 'AM', '/', xml('<v>#DIV/0!</v>', 't="e"')],
      ['A4', '2026-09-14', 'AM', '/'],
    ];
    const columns = 'columns: { admission_no: admission_no, date: date, session: session, code: code }\nignore: others';
    expect(await marks(await workbook({ sheets: [{ name: 'Marks', rows }] }), columns)).toEqual([
      '2 Cell D2 "#N/A": A formula of this cell came to no value: mend it in the workbook, or write the value',
      expect.stringMatching(/^3 Cell D3 "": The workbook has a formula here without what it came to/),
      '4 A3 2026-09-14 AM /',
      '5 A4 2026-09-14 AM /',
    ]);
  });

  it('gives the first sheet that has something in it and is not hidden, or the one that is named', async () => {
    const other = { name: 'Last year', rows: [heading, ['A9', '2025-09-15', 'AM', '/']] };
    const bytes = await workbook({
      sheets: [
        { name: 'Empty', rows: [] },
        { ...other, name: 'Old', state: 'hidden' },
        sheet(['A1', '2026-09-14', 'AM', '/']),
        other,
      ],
    });
    const { how, ...read } = await reading(bytes, { kind: 'marks' });
    expect(marksIn({ how, ...read })).toEqual(['2 A1 2026-09-14 AM /']);
    expect(how).toMatchObject({ format: 'xlsx', encoding: null, headingRow: 1, rows: 1 });
    expect(how.notes).toEqual([
      'The sheet “Marks” was read; not read: Empty, Old, Last year. If one of those is meant, move it to the front of the workbook',
    ]);
    const columns = 'columns: { admission_no: admission_no, date: date, session: session, code: code }';
    expect(await marks(bytes, `sheet: last YEAR\n${columns}`)).toEqual(['2 A9 2025-09-15 AM /']);
    expect(await marks(bytes, `sheet: Next\n${columns}`)).toMatch(/The workbook has no sheet "Next"\. It has: Empty, Old, Marks/);
  });

  it('keeps the rows’ own numbers where some are left out', async () => {
    const part = `<x:worksheet xmlns:x="y"><x:sheetData><x:row><x:c t="inlineStr"><x:is><x:t>admission_no</x:t></x:is></x:c>${['date', 'session', 'code'].map((one) => `<x:c t="inlineStr"><x:is><x:t>${one}</x:t></x:is></x:c>`).join('')}</x:row><x:row r="7"><x:c r="B7" s="1"><x:v>46279</x:v></x:c><x:c r="D7" t="str"><x:v>/</x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    const bytes = await workbook({ sheets: [sheet()], parts: { 'xl/worksheets/sheet1.xml': part } });
    const { rows, how } = await reading(bytes, { kind: 'marks' });
    expect(rows).toEqual([{ row: 7, cells: { admission_no: '', date: '2026-09-14', session: '', code: '/' } }]);
    expect(how.rows).toBe(1);
  });
});

const { left, forget } = ownTemporaryFolder();
afterAll(forget);

describe('what is no workbook of marks', () => {
  const bomb = (part: string) => workbook({ sheets: [sheet()], parts: { [part]: `<sst>${' '.repeat(25_000_000)}</sst>` } });
  it.each<[string, () => Promise<Buffer>, RegExp]>([
    ['a workbook without rows', () => workbook({ sheets: [{ name: 'M', rows: [] }] }), /^1 : The file is empty/],
    ['a zip file of other things', () => zip([['a.txt', 'hello']]), /^1 : This is no workbook of the newer kind/],
    ['a binary workbook', () => zip([['xl/workbook.bin', 'x']]), /^1 : This is no workbook of the newer kind/],
    ['an older workbook', async () => Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), /^1 : This is an older Excel workbook/],
    [
      'a workbook that is cut off',
      async () => (await workbook({ sheets: [sheet()] })).subarray(0, 900),
      /^1 : The workbook is damaged/,
    ],
    ['a sheet that swells up', () => bomb('xl/worksheets/sheet1.xml'), /^1 : The workbook would unpack to far more/],
    ['texts that swell up', () => bomb('xl/sharedStrings.xml'), /^1 : The workbook would unpack to far more/],
    ['a part that nobody reads and that swells up', () => bomb('xl/media/x.xml'), /^1 : The workbook would unpack to far more/],
    [
      'entities within entities',
      () =>
        workbook({
          sheets: [sheet()],
          parts: {
            'xl/worksheets/sheet1.xml':
              '<!DOCTYPE x [<!ENTITY a "&b;&b;"><!ENTITY b "ha">]><worksheet><row><c><v>&a;</v></c></row></worksheet>',
          },
        }),
      /^1 : The workbook is damaged/,
    ],
    [
      'a sheet that does not end',
      () => workbook({ sheets: [sheet()], parts: { 'xl/worksheets/sheet1.xml': '<worksheet><row r="1"><c r="A1"><v>1' } }),
      /The workbook is damaged/,
    ],
    [
      'a cell far to the right',
      () =>
        workbook({
          sheets: [sheet()],
          parts: { 'xl/worksheets/sheet1.xml': '<worksheet><row r="1"><c r="ZZZZZZ1"><v>1</v></c></row></worksheet>' },
        }),
      /The workbook is damaged/,
    ],
    [
      'rows too wide',
      () => workbook({ sheets: [{ name: 'M', rows: [Array<string>(2_001).fill('x')] }] }),
      /^1 : The row has 2,001 columns/,
    ],
    [
      'a part that is not there',
      () => workbook({ sheets: [sheet()], parts: { 'xl/_rels/workbook.xml.rels': '<Relationships/>' } }),
      /The file is empty/,
    ],
  ])('%s is refused, and leaves nothing behind', async (_name, bytes, expected) => {
    const { refused } = await reading(await bytes(), { kind: 'marks' });
    expect(refused).toMatch(expected);
    expect(left()).toEqual([]);
  });

  it('a part that is longer than it says ends there', async () => {
    const bytes = await workbook({ sheets: [sheet(...Array.from({ length: 50 }, () => ['A1', '2026-09-14', 'AM', '/']))] });
    const at = bytes.lastIndexOf(Buffer.from('xl/worksheets/sheet1.xml')) - 46;
    bytes.writeUInt32LE(300, at + 24);
    expect((await reading(bytes, { kind: 'marks' })).refused).toMatch(/The workbook is damaged/);
  });
});
