import { afterAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mappingOf } from '../../../../activities/register/reading/presets.ts';
import { ownTemporaryFolder, type Reading, reading } from './a-file.ts';
import { workbook } from './a-workbook.ts';

/** Rows in are rows given and rows that say nothing by the mapping; a file that is refused gives none of them to the register. */
function nothingIsLost({ rows, how, refused }: Reading, shape: 'long' | 'wide'): void {
  if (refused !== '') return;
  const numbers = rows.map(({ row }) => row);
  const given = new Set(numbers).size;
  expect(given + how.silentRows).toBe(how.rows);
  if (shape === 'long') expect(rows.length).toBe(given);
  expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '/',
    '\\',
    'i',
    '-',
    '@',
    '#',
    "'-",
    '=1+1',
    '14/09/2026',
    '2026-09-14',
    'AM',
    '1',
    'Zoë',
    'x'.repeat(200),
  ),
  fc.string({ unit: fc.constantFrom('a', 'é', '/', ';', ' ', '\t', '|', '\u0000', '€', '𝒳', '-') }),
);
const line = fc.array(cell, { maxLength: 7 }).map((cells) => cells.join(','));
const lines = (heading: string) => fc.array(line, { maxLength: 12 }).map((rows) => [heading, ...rows].join('\n'));

const { left, forget } = ownTemporaryFolder();
afterAll(forget);

describe('anything at all', () => {
  it('as bytes is read or refused, and nothing else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, headed) => {
        const content = headed ? Buffer.concat([Buffer.from('admission_no,date,session,code\n'), bytes]) : Buffer.from(bytes);
        nothingIsLost(await reading(content, { kind: 'marks' }, 13), 'long');
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['our own form', undefined, 'admission_no,date,session,code', 'long'],
    ['a system’s own', 'sims-marks', 'Adno,Date,Session,Mark,Name', 'long'],
    ['sessions side by side', 'sims-marks-wide', 'Adno,14/09/2026 AM,14/09/2026 PM,Name', 'wide'],
    ['weeks', 'firstbell-marks-weekly', 'admission_no,week,marks', 'wide'],
  ] as const)('under the heading of %s loses no row', async (_name, preset, heading, shape) => {
    await fc.assert(
      fc.asyncProperty(lines(heading), async (content) => {
        const mapping = preset === undefined ? undefined : mappingOf(preset);
        const read = await reading(content, { kind: 'marks', mapping }, 11);
        nothingIsLost(read, shape);
        // Without quotation marks a line is a row, so that they can be counted without our reader.
        const below = content.split('\n').slice(1);
        if (below.at(-1) === '') below.pop();
        if (read.refused === '') expect(read.how.rows + read.how.blankRows).toBe(below.length);
      }),
      { numRuns: 200 },
    );
  });

  it('reads the same whether or not its cells are in quotation marks, whatever the line ends', async () => {
    const words = fc.constantFrom('', ' ', '/', '\\', 'Zoë', '2026-09-14', 'AM', "'-", '\uFEFF');
    const rows = fc.array(fc.array(words, { minLength: 1, maxLength: 6 }), { maxLength: 20 });
    const ends = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(rows, ends, fc.constantFrom('', '\uFEFF'), fc.nat(20), async (below, end, mark, from) => {
        const text = (quotedFrom: number) => [
          `${mark}admission_no,date,session,code`,
          ...below.map((cells, i) => (i < quotedFrom ? cells : cells.map((cell) => `"${cell}"`)).join(',')),
          '',
        ];
        const plain = await reading(text(Infinity).join(end), { kind: 'marks' }, 7);
        expect(await reading(text(from).join(end), { kind: 'marks' }, 7)).toEqual(plain);
      }),
      { numRuns: 300 },
    );
  });

  it('with quotation marks is read or refused', async () => {
    const piece = fc.constantFrom('"', '""', ',', '\n', '\r\n', 'a', 'AM', ' "', '" ', '/');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        nothingIsLost(await reading(`admission_no,date,session,code\n${pieces.join('')}`, { kind: 'marks' }, 5), 'long');
      }),
      { numRuns: 300 },
    );
  });

  it('as the XML of a sheet is read or refused', async () => {
    const piece = fc.constantFrom(
      ...[
        '<row>',
        '</row>',
        '<row r="3">',
        '<row r="x">',
        '<c>',
        '<c r="B2">',
        '<c r="Q" t="s">',
        '<c t="inlineStr">',
        '<c t="e">',
        '<c s="99">',
        '</c>',
      ],
      ...[
        '<v>',
        '</v>',
        '<is>',
        '</is>',
        '<t>',
        '</t>',
        '<f/>',
        '1',
        '46279',
        'AM',
        '&amp;',
        '&x;',
        '<',
        ']]>',
        '<rPh>',
        '</rPh>',
        '-1',
        '1e999',
      ],
    );
    const begin = '<worksheet><sheetData><row r="1">';
    const names = ['admission_no', 'date', 'session', 'code']
      .map((name) => `<c t="inlineStr"><is><t>${name}</t></is></c>`)
      .join('');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), async (pieces) => {
        const part = `${begin}${names}</row>${pieces.join('')}</sheetData></worksheet>`;
        const bytes = await workbook({ sheets: [{ name: 'M', rows: [] }], parts: { 'xl/worksheets/sheet1.xml': part } });
        const { rows, how, refused } = await reading(bytes, { kind: 'marks' });
        if (refused === '') expect(rows.length + how.silentRows).toBe(how.rows);
      }),
      { numRuns: 200 },
    );
  });

  it('done to a workbook’s bytes is read or refused, and leaves no file behind', async () => {
    const rows = [
      ['admission_no', 'date', 'session', 'code'],
      ...Array.from({ length: 20 }, (_, i) => [`A${i}`, '2026-09-14', 'AM', '/']),
    ];
    const whole = await workbook({ sheets: [{ name: 'Marks', rows }], shared: true });
    const changes = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(changes, fc.option(fc.nat(whole.length)), async (bytes, end) => {
        const broken = Buffer.from(whole.subarray(0, end ?? whole.length));
        for (const [at, byte] of bytes) if (at < broken.length) broken[at] = byte;
        nothingIsLost(await reading(broken, { kind: 'marks' }), 'long');
      }),
      { numRuns: 200 },
    );
    expect(left()).toEqual([]);
  });
});
