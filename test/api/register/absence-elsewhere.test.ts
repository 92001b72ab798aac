import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const today = '2027-03-23';
const absent = Object.fromEntries(
  ['2027-02-22', '2027-02-23', '2027-02-24', '2027-03-01', '2027-03-02'].map((day) => [day, 'O']),
);

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let office: Awaited<ReturnType<typeof desk.signedIn>>;
let officer: typeof office;
let id: string;
let at: string;

beforeAll(async () => {
  school = await aSchool({ today, pupils: { A: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  office = await desk.signedIn('attendance-officer');
  officer = await desk.signedIn('ewo');
  // The child came in the middle of the year: of the days before, this school says nothing any more.
  await school.db.pupil.update({ where: { id: school.idOf('A') }, data: { onRollFrom: columnOf('2027-03-01') } });
  id = randomUUID();
  at = `/register/${school.idOf('A')}/elsewhere`;
  const { id: caseId, schoolId, pupilId } = await school.caseOf('A');
  const standing = { status: 'open', stage: 'received', headline: 'Received', events: 0 };
  await school.db.referral.create({
    data: { id, caseId, schoolId, pupilId, authorityId: 'severnshire', madeOn: columnOf(today), state: {}, ...standing },
  });
  await desk.decide({ kind: 'referral', matterId: id, input: { key: 'opened', kind: 'opened' } });
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const threshold = async () => (await officer.get(`/referrals/${id}`)).text;
const said = { do: 'record', place: 'Eastfield Academy', source: 'Common transfer file of 3 March' };

it('absence at the school before counts towards the national threshold, and says where it was', async () => {
  expect(await threshold()).toContain(
    '4 sessions. A penalty notice is to be considered at 10: the national threshold is not met.',
  );
  const before = (await office.get(`/register/${school.idOf('A')}`)).text;
  expect(before).toContain(`<a class="govuk-link" href="${at}">Absence at other schools</a>`);
  const told = await school.db.outbox.count();
  const sessions = '2027-02-22 to 2027-02-24 O\n2027-02-25 I';
  expect((await office.post(at, { ...said, sessions })).status).toBe(303);
  const page = await threshold();
  expect(page).toContain('10 sessions. A penalty notice is to be considered at 10: the national threshold is met.');
  expect(page).toMatch(/22 Feb 2027, morning: [^<]*\(O\), at another school/);
  // The case and the referral look at once what follows.
  expect(await school.db.outbox.count()).toBe(told + 2);
  const record = (await office.get(at)).text;
  for (const part of ['Eastfield Academy', '8 sessions', 'Common transfer file of 3 March', 'Attendance officer'])
    expect(record).toContain(part);
  // In the school's own figures nothing of it is seen.
  const figures = (await office.get(`/register/${school.idOf('A')}/figures`)).text;
  expect(figures).toContain('6 of them at another school, as that school said');
  expect((await office.get(`/register/${school.idOf('A')}`)).text.match(/\(\d+ of \d+ sessions\)/)).toEqual(
    before.match(/\(\d+ of \d+ sessions\)/),
  );
});

it('what is wrong is said at its field with what was typed, and no session is recorded twice', async () => {
  for (const [sessions, wrong] of [
    ['2027-03-01 O', 'the register here says O of 2027-03-01 AM, and that stands'],
    ['22 February O', 'is not understood'],
    ['2027-02-22 AM I', '2027-02-22 AM is on record already'],
  ] as const) {
    const { status, text } = await office.post(at, { ...said, sessions });
    expect([status, text]).toEqual([422, expect.stringMatching(new RegExp(`<a href="#sessions">[^<]*${wrong}`))]);
    expect(text).toContain(`>${sessions}</textarea>`);
  }
  expect(await school.db.absenceElsewhere.count()).toBe(1);
});

it('is taken back with a reason, and counts no more; who only reads the register records nothing', async () => {
  const { id: record } = await school.db.absenceElsewhere.findFirstOrThrow();
  const senco = await desk.signedIn('senco');
  expect((await senco.get(at)).text).not.toContain('Take back');
  expect((await senco.post(at, { ...said, sessions: '2027-02-12 O' }, { form: at })).status).toBe(403);
  expect((await office.post(at, { do: 'take back', record, reason: 'Another child' })).status).toBe(303);
  expect((await office.get(at)).text).toContain('Taken back, and counts no more: Another child');
  expect(await threshold()).toContain('4 sessions. A penalty notice is to be considered at 10');
});

it('machines do the same', async () => {
  const machine = await desk.tokenOf('attendance-officer');
  const api = `/api/v1/register/pupils/${school.idOf('A')}/elsewhere`;
  await machine.post(api, { ...said, sessions: '2027-02-12 AM U' }, randomUUID()).expect(200);
  const { rows } = (await machine.get(api).expect(200)).body;
  expect(rows[0]).toMatchObject({ place: 'Eastfield Academy', sessions: ['2027-02-12 AM U'], takenBack: null });
  const wrong = await machine.post(api, { ...said, sessions: '2027-02-13 O' }, randomUUID());
  expect([wrong.status, wrong.body.concerns]).toEqual([422, 'sessions']);
});
