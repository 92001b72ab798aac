import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { importPupils } from '../../activities/register/import-pupils.ts';
import { trainingSchool } from '../../policy/training/staff.ts';
import { registerBegins } from '../../policy/training/timetable.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { pupilCells } from '../activities/register/a-register.ts';
import { aSchool, until } from '../support/school.ts';

const today = '2026-09-21';
let school: Awaited<ReturnType<typeof aSchool>>;
beforeAll(async () => {
  school = await aSchool({ today, pupils: { una: { '2026-09-10': 'O' } } });
});
afterAll(() => school.end());

const leaves = (on_roll_to: string) =>
  importPupils(school.importing, {
    ...{ schoolId: trainingSchool.id, fileName: 'pupils.csv', sha256: randomUUID(), by: null, on: today },
    rows: [{ row: 2, cells: pupilCells('una', 0, { on_roll_to, on_roll_from: registerBegins }) }],
  });
const status = async () => (await school.caseOf('una')).status;
const workflow = () => school.engine.client.workflow.getHandle(caseWorkflowId(school.idOf('una'))).describe();

it('a pupil who leaves has the case closed and what has not gone held; one who is back has both as they were', async () => {
  await school.decide('una', 'letter-1', { choice: 'approve' });
  expect((await leaves('2026-09-18')).casesTold).toBe(1);
  await until(async () => (await status()) === 'closed');
  await until(async () => (await workflow()).status.name === 'COMPLETED');
  const asked = (await school.proposals('una')).map(({ action }) => action.what);
  expect(asked).toEqual(['letter in question', 'letter in question']);
  const held = await school.lettersOf('una');
  expect(held.map(({ status: is }) => is)).toEqual(['questioned', 'questioned']);
  expect(held[0]?.statusWhy).toBe('The pupil left the school on Friday 18 September 2026');

  expect(await leaves('')).toMatchObject({ casesOpened: 0, casesTakenUp: 1 });
  expect(await status()).toBe('open');
  await until(async () => (await workflow()).status.name === 'RUNNING');
  await until(async () => (await school.db.outbox.count({ where: { deliveredAt: null } })) === 0);
  expect(await school.db.attendanceCase.count()).toBe(1);
  expect(await school.wrongs()).toEqual([]);
});
