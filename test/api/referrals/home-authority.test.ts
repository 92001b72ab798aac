import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { machine, signIn, tokenOf } from '../../support/callers.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const today = '2027-03-23';
const absent = Object.fromEntries(
  ['2027-02-22', '2027-02-23', '2027-02-24', '2027-03-01', '2027-03-02'].map((day) => [day, 'O']),
);
const westshire = 'officer@westshire.example';

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;

beforeAll(async () => {
  school = await aSchool({ today, pupils: { A: absent, B: absent }, workerless: true });
  const place = { address: ['1 High Street'], phone: '01632 960000', email: 'la@westshire.example' };
  await school.db.authority.create({ data: { id: 'westshire', name: 'Westshire Council', ...place } });
  const account = { id: 'westshire-ewo', name: 'An officer', email: westshire, role: 'ewo', authorityId: 'westshire' };
  await school.db.user.create({ data: { ...account, demo: true } });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

async function referred(name: string, homeAuthority: string | null) {
  const { id: caseId, schoolId, pupilId } = await school.caseOf(name);
  await school.db.pupil.update({ where: { id: pupilId }, data: { homeAuthority } });
  const id = randomUUID();
  const standing = { status: 'open', stage: 'received', headline: 'Received', events: 0, state: {} };
  const at = { schoolId, pupilId, authorityId: 'severnshire', madeOn: columnOf(today) };
  await school.db.referral.create({ data: { id, caseId, ...at, ...standing } });
  await desk.decide({ kind: 'referral', matterId: id, input: { key: 'opened', kind: 'opened' } });
  return { id, pupilId, caseId };
}

it('who keeps the register says so on the pupil’s page and by machine, and takes it back; the files of returns name it', async () => {
  const id = school.idOf('B');
  const [page, api] = [`/register/${id}`, `/api/v1/register/pupils/${id}`];
  const office = await desk.signedIn('attendance-officer');
  expect((await office.post(`${page}/home-authority`, { homeAuthority: ' Westshire Council ' }, { form: page })).status).toBe(
    303,
  );
  expect((await office.get(page)).text).toMatch(
    /Lives in the area of.*Westshire Council.*name="homeAuthority"[^>]*value="Westshire/s,
  );
  const long = await office.post(`${page}/home-authority`, { homeAuthority: 'x'.repeat(121) }, { form: page });
  expect([long.status, long.text]).toEqual([422, expect.stringContaining('href="#homeAuthority"')]);
  const ill = ['01', '02', '03', '04', '05', '08', '09', '10', '11', '12', '15'].map((day) => `2027-03-${day}`);
  for (const on of ill) await school.correct('B', on, { AM: 'I', PM: 'I' });
  const file = (await office.get('/returns/sickness?as=csv')).text;
  expect(file).toMatch(/Address,Home authority,Why/);
  expect(file).toMatch(/Oakbridge, OK1 1AA"?,Westshire Council,/);
  const lead = await desk.tokenOf('attendance-officer');
  await lead.post(`${api}/home-authority`, { homeAuthority: null }, randomUUID()).expect(200, { homeAuthority: null });
  expect((await lead.get(api).expect(200)).body.homeAuthority).toBeNull();
  await lead.post(`${api}/home-authority`, { homeAuthority: '' }, randomUUID()).expect(422);
  const senco = await desk.signedIn('senco');
  expect((await senco.get(page)).text).not.toContain('name="homeAuthority"');
});

it('of a pupil who lives in another area, the school’s authority has the referral and is told whom to ask for support', async () => {
  const { id, pupilId } = await referred('A', 'Westshire Council');
  const page = (await (await desk.signedIn('ewo')).get(`/referrals/${id}`)).text;
  expect(page).toContain('Lives in the area of');
  expect(page).toContain('Westshire Council. Severnshire Council, the school’s authority, acts on the referral');
  expect(page).toContain('Support for the family may come from Westshire Council');
  const { body } = await (await desk.tokenOf('ewo')).get(`/api/v1/referrals/${id}`);
  expect(body.evidence.homeAuthority).toBe('Westshire Council');

  const pupil = (await (await desk.signedIn('attendance-officer')).get(`/register/${pupilId}`)).text;
  expect(pupil).toContain('Westshire Council');
  const said = await (await desk.tokenOf('attendance-officer')).get(`/api/v1/register/pupils/${pupilId}`);
  expect(said.body.homeAuthority).toBe('Westshire Council');
});

it('the other authority’s officer reads nothing of it, though the child lives there', async () => {
  const { id, pupilId, caseId } = await referred('B', 'Westshire Council');
  const officer = await signIn(desk.app, westshire);
  expect((await officer.get(`/referrals/${id}`)).status).toBe(404);
  expect((await officer.get('/referrals')).text).not.toContain('B Testing');
  for (const path of [`/cases/${caseId}`, `/register/${pupilId}`]) expect([403, 404]).toContain((await officer.get(path)).status);
  const token = machine(desk.app, await tokenOf(school.db, westshire));
  expect((await token.get(`/api/v1/referrals/${id}`)).status).toBe(404);
});

it('nothing is said where it is the school’s own, however it is written', async () => {
  const { id, pupilId } = await school.db.referral.findFirstOrThrow({ where: { pupilId: school.idOf('A') } });
  await school.db.pupil.update({ where: { id: pupilId }, data: { homeAuthority: 'SEVERNSHIRE' } });
  expect((await (await desk.signedIn('ewo')).get(`/referrals/${id}`)).text).not.toContain('Lives in the area of');
});
