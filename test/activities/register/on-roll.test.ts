import { Readable } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { pupilCircumstances } from '../../../activities/matter/pupil-circumstances.ts';
import { importRegisterFile } from '../../../activities/register/import-register-file.ts';
import type { ImportKind } from '../../../policy/register/csv-forms.ts';
import { aRegister, csvOf, markCells, pupilCells, schoolId } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

const totals = (no: string, of = schoolId) =>
  school.db.pupilTotal.findFirst({
    where: { pupil: { admissionNo: no, schoolId: of } },
    select: { possible: true, attended: true },
  });

describe('a pupil’s time at the school', () => {
  it('is what counts, when the day of leaving is entered late, and when it is taken back', async () => {
    school = await aRegister({ pupils: ['A1'] });
    await school.marks([
      ['A1', '2026-09-07', 'AM', '/'],
      ['A1', '2026-09-08', 'AM', 'O'],
      ['A1', '2026-09-09', 'AM', 'O'],
    ]);
    const pupils = (over: Record<string, string>) => school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, over)]));
    expect(await totals('A1')).toEqual({ possible: 3, attended: 1 });
    await pupils({ on_roll_to: '2026-09-08' });
    expect(await totals('A1')).toEqual({ possible: 2, attended: 1 });
    const known = await school.db.$transaction(async (tx) => pupilCircumstances(tx, await school.idOf('A1'), Date.now()));
    expect([known.marks.map(({ on }) => on), known.onRollTo]).toEqual([['2026-09-07', '2026-09-08'], '2026-09-08']);
    const late = await school.marks([['A1', '2026-09-10', 'AM', 'O']]);
    expect(late.problems).toMatchObject([{ cure: expect.stringContaining('The pupil left on 8 Sep') }]);
    const early = await school.marks([['A1', '2026-08-31', 'AM', 'O']]);
    expect(early.status).toBe('refused');
    await pupils({ on_roll_from: '2026-09-08', on_roll_to: '2026-09-08' });
    expect(await totals('A1')).toEqual({ possible: 1, attended: 0 });
    await pupils({});
    expect(await totals('A1')).toEqual({ possible: 3, attended: 1 });
  });

  it('at two schools counts at each by its own marks: what is D here is possible there alone', async () => {
    school = await aRegister({ pupils: [] });
    const { db } = school;
    const other = 'mill';
    const { id: _, ...place } = await db.school.findUniqueOrThrow({ where: { id: schoolId }, omit: { periodsOfFile: true } });
    await db.school.create({ data: { ...place, id: other, name: 'Mill PRU' } });
    const periods = await db.calendarPeriod.findMany({ where: { schoolId } });
    await db.calendarPeriod.createMany({ data: periods.map(({ id: __, ...period }) => ({ ...period, schoolId: other })) });
    const at = (of: string, kind: ImportKind, row: Record<string, string>[]) =>
      importRegisterFile(kind, school.deps, Readable.from([Buffer.from(csvOf(kind, row))]), {
        ...{ schoolId: of, fileName: `${kind}.csv`, by: null, on: '2026-10-16' },
      });
    const as = (dual_registration: string, other_school: string) => pupilCells('A1', 0, { dual_registration, other_school });
    expect((await at(schoolId, 'pupils', [as('main', 'Mill PRU')])).status).toBe('done');
    expect((await at(other, 'pupils', [as('subsidiary', 'Kiln School')])).status).toBe('done');
    await at(schoolId, 'marks', [markCells(['A1', '2026-09-07', 'AM', 'D']), markCells(['A1', '2026-09-07', 'PM', '\\'])]);
    await at(other, 'marks', [markCells(['A1', '2026-09-07', 'AM', 'O']), markCells(['A1', '2026-09-07', 'PM', 'D'])]);
    expect(await totals('A1')).toEqual({ possible: 1, attended: 1 });
    expect(await totals('A1', other)).toEqual({ possible: 1, attended: 0 });
  });
});
