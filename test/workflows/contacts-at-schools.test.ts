import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { londonInstant } from '../../policy/calendar/day.ts';
import { periods } from '../../policy/training/timetable.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { aSchool, until } from '../support/school.ts';

const today = '2026-09-22';
let school: Awaited<ReturnType<typeof aSchool>>;

beforeAll(async () => {
  const real = { now: () => londonInstant(today, '06:31'), periods };
  school = await aSchool({ today, pupils: { una: { [today]: 'N' } }, packId: 'celt', real });
  const { db } = school;
  const celt = await db.policyPack.findFirstOrThrow({ where: { id: 'celt' } });
  await db.policyPack.create({ data: { ...celt, id: 'unread', text: `${celt.text}\nwords of another release: true\n` } });
  const { id: _, periodsOfFile: __, ...place } = await db.school.findFirstOrThrow();
  await db.school.create({ data: { ...place, id: 'a-school', packId: 'unread', email: 'office@other.example' } });
});
afterAll(() => school.end());

it('a school whose policy cannot be read keeps no other from its reminder, and is named', async () => {
  const { workflow } = school.engine.client;
  const day = await workflow.start('firstDayContacts', { workflowId: 'a-day', taskQueue });
  await until(async () => (await school.db.staffReminder.count({ where: { kind: 'contact', status: 'sent' } })) === 1);
  expect((await day.describe()).status.name).toBe('RUNNING');
  await school.db.school.update({ where: { id: 'a-school' }, data: { packId: 'none' } });
  await day.terminate();
});
