import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { UnreadableFile } from '../../../../activities/register/raw-row.ts';
import { mappingOf } from '../../../../activities/register/reading/presets.ts';
import { type FileToRead, readRegisterFile } from '../../../../activities/register/reading/read-register-file.ts';
import { until } from '../../../support/until.ts';
import { reading } from './a-file.ts';

const mb = 1_000_000;

/** Reads a file of 2 GB that is made as it is taken. */
async function twoGigabytes(first: string | Buffer, piece: string | Buffer, file: Partial<FileToRead> = {}) {
  const taken = { bytes: 0, closed: false };
  function* pieces() {
    try {
      yield Buffer.from(first);
      const bytes = Buffer.from(piece);
      for (; taken.bytes < 2_000 * mb; taken.bytes += bytes.length) yield bytes;
    } finally {
      taken.closed = true;
    }
  }
  const before = process.memoryUsage().rss;
  let [rows, peak] = [0, before];
  try {
    for await (const _ of readRegisterFile(Readable.from(pieces()), { kind: 'marks', limitBytes: 4 * mb, ...file }).rows)
      if (++rows % 50_000 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    throw new Error('It was read to its end');
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    await until(async () => taken.closed, 5_000);
    return { ...taken, rows, grown: peak - before, refused: error.message };
  }
}

describe('a file of 2 GB', () => {
  it.each([
    ['of good rows', 'admission_no,date,session,code\n', 'A1,2026-09-14,AM,/\n'.repeat(3_000), /larger than 4 MB/],
    [
      'in UTF-16',
      Buffer.from('\uFEFFadmission_no,date,session,code\n', 'utf16le'),
      Buffer.from('A1,2026-09-14,AM,/\n'.repeat(3_000), 'utf16le'),
      /larger than 4 MB/,
    ],
    ['that says it is a workbook', 'PK\u0003\u0004', Buffer.alloc(64_000, 7), /larger than 4 MB/],
    ['of blank lines', 'admission_no,date,session,code\n', '\n'.repeat(16_000), /more than 50,000 blank lines/],
    ['on one line', '', 'x'.repeat(64_000), /longer than 64 kB/],
    ['of nothing', '', Buffer.alloc(64_000), /This is no text/],
    ['within one quotation mark', 'admission_no,date,session,code\n"', 'x\n'.repeat(32_000), /longer than 64 kB/],
  ])('%s is refused at the limit, without more memory, and its source is let go', async (_name, first, piece, expected) => {
    const { bytes, closed, grown, refused } = await twoGigabytes(first, piece);
    expect(refused).toMatch(expected);
    expect(bytes).toBeLessThan(6 * mb);
    expect(grown).toBeLessThan(150 * mb);
    expect(closed).toBe(true);
  });
});

describe('a row that is too wide', () => {
  const hundredThousand = Array.from({ length: 100_000 }, (_, i) => `c${i}`);
  it.each<[string, string, RegExp]>([
    ['of 100,000 names', hundredThousand.join(','), /^1 : The row is longer than 64 kB/],
    [
      'of 60,000 empty cells under the heading',
      `admission_no,date,session,code\n${','.repeat(60_000)}`,
      /^2 : The row has 60,001 columns/,
    ],
    ['of 60,000 empty cells first of all', ','.repeat(60_000), /^1 : The row has 60,001 columns, and at most 2,000 are read/],
  ])('%s is refused', async (_name, content, expected) => {
    expect((await reading(content, { kind: 'marks' })).refused).toMatch(expected);
    expect((await reading(content, { kind: 'marks', mapping: mappingOf('sims-marks-wide') })).refused).toMatch(expected);
  });

  it('a whole year side by side is not', async () => {
    const days = Array.from({ length: 365 }, (_, i) => new Date(Date.UTC(2026, 8, 1 + i)).toISOString().slice(0, 10));
    const heading = ['Adno', ...days.flatMap((day) => [`${day} AM`, `${day} PM`])];
    const content = `${heading.join(',')}\nA1,${Array(730).fill('/').join(',')}\n`;
    const { rows, refused } = await reading(content, { kind: 'marks', mapping: mappingOf('sims-marks-wide') });
    expect([rows.length, refused]).toEqual([730, '']);
  });
});
