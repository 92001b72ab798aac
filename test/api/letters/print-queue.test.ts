import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = Object.fromEntries(['2026-10-05', '2026-10-06', '2026-10-07'].map((day) => [day, 'O']));
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-16', workerless: true, pupils: { ann: absent } });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
}, 60_000);
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

it('a letter that lies to be printed says that it must not be posted once its address is not safe', async () => {
  const { db } = school;
  const mother = { where: { contactNo: 'ann-1' } };
  await db.contact.updateMany({ ...mother, data: { channel: 'post' } });
  const [lead, office] = [await desk.signedIn('sal'), await desk.signedIn('attendance-officer')];
  const [proposal] = await school.proposals('ann');
  const { id } = await school.caseOf('ann');
  expect((await lead.post(`/proposals/${id}/${proposal?.key}`, { choice: 'approve' })).status).toBe(303);
  const letter = await db.letter.findFirstOrThrow({ where: { channel: 'post' } });
  expect(letter.fields).toMatchObject({
    recipient: { name: 'Parent 1 of ann', address: ['1 Kiln Row', 'Oakbridge', 'OK1 1AA'] },
  });
  await db.letter.update({ where: { id: letter.id }, data: { status: 'to-print' } });
  const page = `/letters/${letter.id}`;
  expect((await office.get(page)).text).not.toContain('Do not post');
  await db.contact.updateMany({ ...mother, data: { addressSafe: false } });
  const warned = (await office.get(page)).text;
  expect(warned).toContain('Do not post this letter. The postal address was marked as not safe since the letter was approved.');
  expect(warned).toContain('If it is posted already');
  const machine = await desk.tokenOf('attendance-officer');
  expect((await machine.get(`/api/v1/letters/${letter.id}`)).body.stop).toContain('not safe');
});
