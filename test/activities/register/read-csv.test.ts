import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { type RawRow, UnreadableFile } from '../../../activities/register/raw-row.ts';
import { readCsv } from '../../../activities/register/read-csv.ts';

const heading = 'admission_no,date,session,code';

/** Reads a file handed over in pieces of so many bytes; what makes it unreadable is told as text. */
async function read(content: string | Buffer, pieces = 7): Promise<RawRow[] | string> {
  const bytes = Buffer.from(content);
  const chunks = Array.from({ length: Math.ceil(bytes.length / pieces) }, (_, i) => bytes.subarray(i * pieces, (i + 1) * pieces));
  const rows: RawRow[] = [];
  try {
    for await (const row of readCsv('marks', Readable.from(chunks)).rows) rows.push(row);
    return rows;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return error.wrongs.map(({ row, column, cure }) => `${row} ${column}: ${cure}`).join('\n');
  }
}

const oneRow = [{ row: 2, cells: { admission_no: 'Zoë', date: '2026-09-14', session: 'AM', code: '\\' } }];

describe('reading a CSV file', () => {
  it.each([
    ['plain', `${heading}\nZoë,2026-09-14,AM,\\`],
    ['with a byte order mark and Windows line ends', `\uFEFF${heading}\r\nZoë,2026-09-14,AM,\\\r\n`],
    ['with old Mac line ends', `${heading}\rZoë,2026-09-14,AM,\\\r`],
    [
      'in quotation marks, with a heading in capitals',
      `"Admission_No","DATE","Session","Code"\n"Zoë","2026-09-14","AM","\\"\n\n`,
    ],
    ['with its columns in another order', 'code,session,date,admission_no\n\\,AM,2026-09-14,Zoë'],
  ])('%s', async (_name, content) => {
    expect(await read(content)).toEqual(oneRow);
  });

  it('counts rows as a spreadsheet does, empty ones too', async () => {
    const rows = (await read(`${heading}\n\nA1,x,AM,/\n,,,\nA2,x,PM,/`)) as RawRow[];
    expect(rows.map(({ row }) => row)).toEqual([3, 5]);
  });

  it('says which row has too many cells', async () => {
    const [row] = (await read(`${heading}\nA1,2026-09-14,AM,/,late, bus`)) as RawRow[];
    expect(row?.wrong?.cure).toMatch(/6 cells, the heading 4: put quotation marks round/);
  });

  it.each([
    ['an empty file', '', /^1 : The file is empty/],
    ['a missing column', 'admission_no,date,session\n', /^1 code: The column "code" is missing/],
    ['an unknown column', `${heading},colour\n`, /^1 colour: A marks file has no column "colour"/],
    ['a column twice', `${heading},code\n`, /^1 code: The column "code" is there twice/],
    ['semicolons', 'admission_no;date;session;code\n', /Separate the columns with commas/],
    ['an open quotation mark', `${heading}\nA1,"2026-09-14,AM,/\n`, /^2 : A quotation mark is opened and never closed/],
    ['a quotation mark within', `${heading}\nA1,"2026" -09-14,AM,/\n`, /^2 : A quotation mark stands inside/],
    ['Western encoding', Buffer.from(`${heading}\nA1,x,AM,/\nZo\xEB,x,AM,/\n`, 'latin1'), /^3 : The text is not UTF-8: save/],
    ['UTF-16', Buffer.from(`\uFEFF${heading}`, 'utf16le'), /^1 : This is no CSV text/],
    ['an unfinished character at the end', Buffer.from([...Buffer.from(`${heading}\nA`), 0xc3]), /^2 : The text is not UTF-8/],
  ])('%s', async (_name, content, expected) => {
    expect(await read(content)).toMatch(expected);
    expect(await read(content, 100_000)).toMatch(expected);
  });
});
