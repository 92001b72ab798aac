import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { classSessions } from '../../../prisma/register.ts';
import { aRegister, csvOf, pupilCells, schoolId } from '../register/a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister();
  const other = { class: '8A', year_group: '8' };
  await school.file('pupils', csvOf('pupils', [pupilCells('A1', 0), pupilCells('A2', 1), pupilCells('B1', 2, other)]));
  const closure = (day: string, more: object) => ({
    ...{ schoolId, kind: 'closure', label: 'Leak', fromDay: columnOf(day), toDay: columnOf(day) },
    ...more,
  });
  await school.db.calendarPeriod.createMany({
    data: [closure('2026-09-15', { part: 'Science block', yearGroups: [9] }), closure('2026-09-16', {})],
  });
});
afterAll(() => school.end());

it('a class that a closure keeps away has no register to take, the others have', async () => {
  const rows = await classSessions(school.db, schoolId, ['2026-09-14', '2026-09-15'], null);
  expect(rows.filter(({ session }) => session === 'AM').map(({ on, className, expected }) => [on, className, expected])).toEqual([
    ['2026-09-14', '8A', 1],
    ['2026-09-15', '8A', 1],
    ['2026-09-14', '9A', 2],
  ]);
});

it('a mark of that day is taken as the register has it; on a closed day only what says that it was closed', async () => {
  expect(
    await school.marks([
      ['A1', '2026-09-15', 'AM', 'Y3'],
      ['A2', '2026-09-15', 'AM', '/'],
      ['A1', '2026-09-16', 'AM', 'Y4'],
      ['A2', '2026-09-16', 'AM', '#'],
    ]),
  ).toMatchObject({ status: 'done', added: 4 });
  const { status, problems } = await school.marks([
    ['A1', '2026-09-16', 'PM', '/'],
    ['A1', '2026-10-26', 'AM', 'Y4'],
  ]);
  expect([status, problems.map(({ row, column }) => [row, column])]).toEqual([
    'refused',
    [
      [2, 'date'],
      [3, 'date'],
    ],
  ]);
});
