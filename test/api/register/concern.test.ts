import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { caseWorkflowId, standing } from '../../../workflows/messages.ts';
import { aDesk } from '../../support/desk.ts';
import { replay } from '../../support/replay.ts';
import { aSchool, until } from '../../support/school.ts';

const concern = 'She is in every day, and has told her teacher that she does not want to be';
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let office: Awaited<ReturnType<typeof desk.signedIn>>;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', packId: 'james-marks', pupils: { ann: {}, ben: {}, cat: {} } });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  office = await desk.signedIn('attendance-officer');
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const pageOf = (pupil: string) => `/register/${school.idOf(pupil)}`;
const casesOf = (pupil: string) => school.db.attendanceCase.findMany({ where: { pupilId: school.idOf(pupil) } });

it('is opened from the page of the pupil, to which the page of pupils found leads, and says who opened it and why', async () => {
  expect((await office.get('/pupils?name=ann')).text).toContain(`href="${pageOf('ann')}#open-a-case"`);
  const empty = await office.post(`${pageOf('ann')}/case`, { concern: ' ' }, { form: pageOf('ann') });
  expect([empty.status, empty.text]).toEqual([422, expect.stringContaining('Enter what the concern is')]);
  const taken = await office.post(`${pageOf('ann')}/case`, { concern }, { form: pageOf('ann') });
  const [{ id = '' } = {}] = await casesOf('ann');
  expect([taken.status, taken.headers.location]).toEqual([303, expect.stringContaining(`/cases/${id}`)]);
  const { text } = await office.get(`/cases/${id}`);
  expect(text).toMatch(new RegExp(`Tuesday 6 October 2026, for a concern, by [^<]+, Attendance officer: “${concern}”`));
  expect(text).toContain('The case was opened for a concern');
  const { key } = await school.asked('ann', 'call');
  const call = (await (await desk.signedIn('class-teacher')).get(`/proposals/${id}/${key}`)).text;
  expect(call).toMatch(new RegExp(`The concern\\s*</dt>\\s*<dd[^>]*>\\s*“${concern}”`));
  const page = (await office.get(pageOf('ann'))).text;
  expect(page).not.toContain('Open a case for a concern');
  expect((await office.get('/pupils?name=ann')).text).not.toContain('Open a case for a concern');
});

it('is one case however often it is asked for, and a pupil with a case that runs is told which', async () => {
  const machine = await desk.tokenOf('sal');
  const at = `/api/v1/register/pupils/${school.idOf('ben')}/case`;
  const key = randomUUID();
  const [first, again] = [await machine.post(at, { text: concern }, key), await machine.post(at, { text: concern }, key)];
  expect(first.body).toMatchObject({ stage: 'concern', closed: false });
  expect(again.body).toEqual(first.body);
  const [, ...more] = await casesOf('ben');
  expect(more).toEqual([]);
  const other = await machine.post(at, { text: 'Another' }, randomUUID());
  expect([other.status, other.body.detail]).toEqual([422, expect.stringContaining(first.body.caseId)]);
});

it('is one case where two press at once', async () => {
  const [lead, head] = [await desk.tokenOf('sal'), await desk.tokenOf('headteacher')];
  const at = `/api/v1/register/pupils/${school.idOf('cat')}/case`;
  const replies = await Promise.all([lead, head].map((one) => one.post(at, { text: concern }, randomUUID())));
  expect(replies.map(({ status }) => status).sort()).toEqual([200, 422]);
  expect(await casesOf('cat')).toHaveLength(1);
});

it('runs as every case does: its workflow begins as it stands, holds no word of the reason, and its ledger is whole', async () => {
  const workflow = school.engine.client.workflow.getHandle(caseWorkflowId(school.idOf('ben')));
  await until(async () => (await workflow.describe().catch(() => null))?.status.name === 'RUNNING');
  await school.decide('ben', 'call', { choice: 'called', reached: true, offers: [] }, { as: 'class-teacher' });
  expect(await workflow.query(standing)).toMatchObject({ stage: 'concern', closed: false });
  expect(await school.wrongs()).toEqual([]);
  const row = await school.db.outbox.findFirstOrThrow({ where: { kind: 'start', matterId: (await school.caseOf('ben')).id } });
  expect(JSON.stringify(row.input)).not.toContain(concern);
  const history = await workflow.fetchHistory();
  expect(await replay([{ workflowId: workflow.workflowId, history }])).toEqual([]);
});

it('is refused, and not offered, where the policy says nothing of it', async () => {
  const silent = await aSchool({ today: '2026-10-06', pupils: { dot: {} }, workerless: true });
  const theirs = await aDesk({ db: silent.db, databaseUrl: silent.config.DATABASE_URL });
  try {
    const lead = await theirs.signedIn('sal');
    expect((await lead.get(`/register/${silent.idOf('dot')}`)).text).not.toContain('Open a case for a concern');
    const machine = await theirs.tokenOf('sal');
    const reply = await machine.post(`/api/v1/register/pupils/${silent.idOf('dot')}/case`, { text: concern }, randomUUID());
    expect([reply.status, reply.body.detail]).toEqual([422, expect.stringContaining('opens no case for a concern')]);
    expect(await silent.db.attendanceCase.count()).toBe(0);
  } finally {
    await theirs.stop();
    await silent.end();
  }
});
