import { Readable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { firstRows } from '../../../../activities/register/reading/first-rows.ts';
import { mappingOf } from '../../../../activities/register/reading/presets.ts';
import { workbook } from './a-workbook.ts';

const from = (content: string | Buffer) => () => Readable.from([Buffer.from(content)]);

describe('the first rows of a file', () => {
  it('are shown as they stand and as they are understood', async () => {
    const content = `Autumn,,,\nAdno,Date,Session,Mark\n1,14/09/2026,AM,/\n1,14/09/2026,PM,i\n${'2,14/09/2026,AM,/\n'.repeat(100)}`;
    const { table, guess, rows, how, refused } = await firstRows(from(content), { kind: 'marks' }, { most: 3 });
    expect(table.slice(0, 3)).toEqual([
      { row: 1, cells: ['Autumn', '', '', ''] },
      { row: 2, cells: ['Adno', 'Date', 'Session', 'Mark'] },
      { row: 3, cells: ['1', '14/09/2026', 'AM', '/'] },
    ]);
    expect(table).toHaveLength(30);
    expect(guess).toMatchObject({ preset: 'arbor-marks', headingRow: 2 });
    expect(rows.map(({ row, cells: { date, code } }) => [row, date, code])).toEqual([
      [3, '2026-09-14', '/'],
      [4, '2026-09-14', 'i'],
      [5, '2026-09-14', '/'],
    ]);
    expect([how.mapping, how.headingRow, refused]).toEqual(['arbor-marks', 2, []]);
  });

  it('of a workbook come from its sheet, by the mapping that was chosen', async () => {
    const bytes = await workbook({
      sheets: [
        {
          name: 'M',
          rows: [
            ['Adno', '14/09/2026 AM'],
            ['1', '/'],
          ],
        },
      ],
    });
    const mapping = mappingOf('sims-marks-wide');
    const { guess, rows, how } = await firstRows(from(bytes), { kind: 'marks', mapping });
    expect(guess).toBeNull();
    expect(rows).toMatchObject([{ row: 2, cells: { admission_no: '1', date: '2026-09-14', session: 'AM', code: '/' } }]);
    expect(how.format).toBe('xlsx');
  });

  it('of a file that cannot be read say why, with the table as far as it goes', async () => {
    const { table, guess, rows, refused } = await firstRows(from('Adno,Colour\n1,red\n'), { kind: 'marks' });
    expect([table.length, guess?.mapping, rows]).toEqual([2, null, []]);
    expect(refused[0]?.cure).toMatch(/choose a mapping for it$/);
  });
});
