import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type RawRow, UnreadableFile } from '../../../../activities/register/raw-row.ts';
import type { How } from '../../../../activities/register/reading/how.ts';
import { readRegisterFile } from '../../../../activities/register/reading/read-register-file.ts';

const heading = 'admission_no,date,session,code';

type Read = { rows: RawRow[] | string; how: How };

/** Reads a file handed over in pieces of so many bytes; what makes it unreadable is told as text. */
async function reading(content: string | Buffer, pieces = 7): Promise<Read> {
  const bytes = Buffer.from(content);
  const chunks = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, i) => bytes.subarray(i * pieces, (i + 1) * pieces));
  const rows: RawRow[] = [];
  const file = readRegisterFile(Readable.from(chunks), { kind: 'marks' });
  try {
    for await (const row of file.rows) rows.push(row);
    return { rows, how: file.how() };
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return { rows: error.wrongs.map(({ row, column, cure }) => `${row} ${column}: ${cure}`).join('\n'), how: file.how() };
  }
}
const read = async (content: string | Buffer, pieces = 7) => (await reading(content, pieces)).rows;

const oneRow = [{ row: 2, cells: { admission_no: 'Zoë', date: '2026-09-14', session: 'AM', code: '\\' } }];
const plain = `${heading}\nZoë,2026-09-14,AM,\\`;
const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(text, 'utf16le');

describe('reading a file of our own form', () => {
  it.each([
    ['plain', plain],
    ['with a byte order mark and Windows line ends', `\uFEFF${heading}\r\nZoë,2026-09-14,AM,\\\r\n`],
    ['with old Mac line ends', `${heading}\rZoë,2026-09-14,AM,\\\r`],
    [
      'in quotation marks, with a heading in capitals',
      `"Admission_No","DATE","Session","Code"\n"Zoë","2026-09-14","AM","\\"\n\n`,
    ],
    ['with its columns in another order', 'code,session,date,admission_no\n\\,AM,2026-09-14,Zoë'],
    ['with semicolons', plain.replaceAll(',', ';')],
    ['with tabs', plain.replaceAll(',', '\t')],
    ['with bars', plain.replaceAll(',', '|')],
    ['in Windows-1252', latin1(plain)],
    ['in UTF-16, the low byte first', utf16(`\uFEFF${plain}`)],
    ['in UTF-16, the high byte first', utf16(`\uFEFF${plain}`).swap16()],
    ['in UTF-16 without a mark', utf16(plain)],
    ['in UTF-16 without a mark, the high byte first', utf16(plain).swap16()],
  ])('%s', async (_name, content) => {
    expect(await read(content)).toEqual(oneRow);
    expect(await read(content, 100_000)).toEqual(oneRow);
  });

  it('counts rows as a spreadsheet does, empty ones too', async () => {
    const { rows, how } = await reading(`${heading}\n\nA1,x,AM,/\n,,,\n  ,,\nA2,x,PM,/`);
    expect((rows as RawRow[]).map(({ row }) => row)).toEqual([3, 6]);
    expect(how).toMatchObject({ headingRow: 1, rows: 2, blankRows: 3 });
  });

  it('finds a heading under a title and blank rows', async () => {
    const { rows, how } = await reading(`Register of 9A,,,\n\n${heading}\nA1,x,AM,/`);
    expect(rows).toMatchObject([{ row: 4, cells: { admission_no: 'A1' } }]);
    expect(how.headingRow).toBe(3);
  });

  it('says which row has too many cells', async () => {
    const [row] = (await read(`${heading}\nA1,2026-09-14,AM,/,late, bus`)) as RawRow[];
    expect(row?.wrong?.cure).toMatch(/6 cells, the heading 4: put quotation marks round/);
  });

  it('a name of Western signs, far down, is told of', async () => {
    const long = `${heading}\n${'A1,2026-09-14,AM,/\n'.repeat(5_000)}`;
    const { rows, how } = await reading(Buffer.concat([latin1(long), latin1('Zo\xEB \x80 \x92,x,AM,/\n')]), 4_000);
    expect(rows).toHaveLength(5_001);
    expect((rows as RawRow[]).at(-1)?.cells.admission_no).toBe('Zoë € ’');
    expect(how.encoding).toBe('windows-1252');
    expect(how.notes).toEqual([expect.stringMatching(/read as Windows-1252: look whether names/)]);
  });

  it('a Western letter may be the very last sign of a file', async () => {
    for (const pieces of [undefined, 7]) {
      const { rows, how } = await reading(latin1(`${heading}\nA1,2026-09-14,AM,caf\xE9`), pieces);
      expect([(rows as RawRow[])[0]?.cells.code, how.encoding]).toEqual(['café', 'windows-1252']);
    }
  });

  it.each([
    ['an empty file', '', /^1 : The file is empty/],
    [
      'nothing but blank lines',
      '\n\n',
      /^1 : None of our columns is in the first rows: if another.*\n1 admission_no: The column/,
    ],
    ['a missing column', 'admission_no,date,session\n', /^1 code: The column "code" is missing/],
    [
      'columns of another system under a title',
      'Oakbridge School,,\nAttendance,,\nNumber,Day,Sign\nA1,2026-09-14,/\n',
      /^3 : None of our columns is in the first rows: if another.*\n3 admission_no: The column/,
    ],
    ['an unknown column', `${heading},colour\n`, /^1 colour: A marks file has no column "colour"/],
    ['a column twice', `${heading},code\n`, /^1 code: The column "code" is there twice/],
    ['a missing column under a title', 'Register,,\n\nadmission_no,date,session\n', /^3 code: The column "code" is missing/],
    ['an open quotation mark', `${heading}\nA1,"2026-09-14,AM,/\n`, /^2 : A quotation mark is opened and never closed/],
    ['a quotation mark within', `${heading}\nA1,"2026" -09-14,AM,/\n`, /^2 : A quotation mark stands inside/],
    ['UTF-8 and Western text', `${heading}\nZoë,x,AM,/\nZo§,x,AM,/\n`, /^[23] : The text is not UTF-8, but other text/, 0xeb],
    ['Western text and UTF-8', `${heading}\nZo§,x,AM,/\nZoë,x,AM,/\n`, /^[23] : The text is not UTF-8, but other text/, 0xeb],
    ['nothing (NUL) in the text', `${heading}\nA1,x,AM,/\nA2,\0,AM,/\n`, /^3 : This is no text/],
    ['an unfinished character at the end', `${heading}\nÉ§`, /^2 : The text is not UTF-8: its last character is cut off/, 0xc3],
    ['UTF-16 that stops half way', utf16(`\uFEFF${plain}`).subarray(0, -1), /^[23] : The text begins as UTF-16/],
  ])('%s', async (_name, content, expected, odd = 0) => {
    const bytes = Buffer.from(content);
    const at = bytes.indexOf('§');
    const file = odd === 0 ? bytes : Buffer.concat([bytes.subarray(0, at), Buffer.from([odd]), bytes.subarray(at + 2)]);
    expect(await read(file)).toMatch(expected);
    expect(await read(file, 100_000)).toMatch(expected);
  });
});
