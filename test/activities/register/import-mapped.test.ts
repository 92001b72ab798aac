import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mappingOf } from '../../../activities/register/reading/presets.ts';
import { aRegister } from './a-register.ts';
import { workbook } from './reading/a-workbook.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister();
});
afterAll(() => school.end());

const wide = { mapping: mappingOf('sims-marks-wide') };
const book = (...rows: string[][]) => workbook({ sheets: [{ name: 'Marks', rows }] });
const heading = ['Adno', 'Name', '14/09/2026 AM', '14/09/2026 PM', '15/09/2026 AM'];

describe('a file that another system exported', () => {
  it('comes into the register, a mark for each session, and a second time changes nothing', async () => {
    const bytes = await book(heading, ['A1', 'Ann', '/', '\\', 'I'], ['A2', 'Bo', 'N', '-', '']);
    expect(await school.file('marks', bytes, wide)).toMatchObject({ status: 'done', rows: 5, added: 4, changed: 0 });
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM /', '2026-09-14 PM \\', '2026-09-15 AM I']);
    expect(await school.believed('A2')).toEqual(['2026-09-14 AM N']);
    expect(await school.file('marks', bytes, wide)).toMatchObject({ status: 'done', added: 0, changed: 0, unchanged: 5 });
  });

  it('is refused as a whole with its own rows and columns, whatever finds the fault', async () => {
    const bytes = await book(
      ['Adno', '13/09/2026 AM', '14/09/2026 AM', '14/09/2026 PM'],
      ['A1', '', 'i', '/'],
      ['A2', '/', '/', '\\'],
      ['X9', '', '/', ''],
    );
    const { status, problems } = await school.file('marks', bytes, wide);
    expect(status).toBe('refused');
    expect(problems.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, '14/09/2026 AM', 'i'],
      [3, '13/09/2026 AM', '2026-09-13'],
      [4, 'Adno', 'X9'],
    ]);
  });
});
