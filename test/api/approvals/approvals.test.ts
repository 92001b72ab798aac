import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = { '2026-09-08': 'O', '2026-09-15': 'O' };
const pupils = { ann: absent, bob: absent, cid: absent, dee: absent, eva: absent, fay: { ...absent, '2026-10-05': 'I' } };
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let machine: Awaited<ReturnType<typeof desk.tokenOf>>;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  machine = await desk.tokenOf('sal');
  await school.db.pupil.update({ where: { id: school.idOf('cid') }, data: { flags: ['bereaved'] } });
  const restriction = { restriction: 'No contact order', restrictionFrom: columnOf('2026-09-01') };
  await school.db.pupilContact.updateMany({ where: { pupilId: school.idOf('dee'), priority: 2 }, data: restriction });
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** The letter that is proposed for a pupil, as the checkboxes name it. */
async function seen(pupil: string) {
  const { key, version } = await school.asked(pupil, 'letter-1');
  return { matterId: (await school.caseOf(pupil)).id, key, version };
}
const value = ({ matterId, key, version }: Awaited<ReturnType<typeof seen>>) => `${matterId} ${key} ${version}`;
const post = (proposals: object[], key: string = randomUUID()) => machine.post('/api/v1/proposals/approvals', { proposals }, key);
const approvedFor = async (pupil: string) => (await school.lettersOf(pupil)).length;

it('the inbox offers letters to be ticked, and the page shows each with what it rests on, and why others are decided alone', async () => {
  const inbox = (await lead.get('/inbox')).text;
  expect(inbox).toContain('action="/approvals"');
  const [, address = '', many] =
    /<a class="govuk-link" href="(\/approvals\?[^"]+)">Approve: Letter 1, all (\d+) on this page/.exec(inbox) ?? [];
  const together = (await lead.get(address.replaceAll('&amp;', '&'))).text;
  expect(together.match(/<li><a[^>]+href="\/proposals|name="one"/g)).toHaveLength(Number(many));
  const all = await Promise.all(['ann', 'bob', 'cid', 'dee'].map(seen));
  const query = all.map(({ matterId, key }) => `one=${encodeURIComponent(`${matterId} ${key}`)}`).join('&');
  const { text } = await lead.get(`/approvals?${query}`);
  for (const one of all.slice(0, 2)) expect(text).toContain(`value="${value(one)}" checked`);
  for (const one of all.slice(2)) expect(text).not.toContain(`value="${value(one)}"`);
  expect(text).toMatch(/ann Testing, class 9A<\/label>[\s\S]*?Attended \d+ of \d+ sessions[\s\S]*?To Parent 1 of ann, by e-mail/);
  expect(text).toMatch(/cid Testing, class 9A<\/a><br>Look twice: /);
  expect(text).toMatch(/Parent 2 of dee gets none: A restriction is in force: No contact order/);
  expect(await approvedFor('ann')).toBe(0);
});

it('approves those that are ticked, each in its own case, tells what was left out, and does nothing twice', async () => {
  const [ann, dee] = [await seen('ann'), await seen('dee')];
  const decisionKey = randomUUID();
  const form = { decisionKey, one: [value(ann), value(dee)], all: [value(ann), value(dee)] };
  const bob = await seen('bob');
  const at = { form: `/approvals?one=${encodeURIComponent(`${bob.matterId} ${bob.key}`)}` };
  const none = await lead.post('/approvals', { decisionKey, all: form.all }, at);
  expect([none.status, none.text]).toEqual([422, expect.stringContaining('Choose at least one letter')]);
  const page = await lead.post('/approvals', form, at);
  expect(page.text).toMatch(/Approved for 1 pupil[\s\S]*ann Testing[\s\S]*Left out: decide by themselves[\s\S]*dee Testing/);
  expect([await approvedFor('ann'), await approvedFor('dee')]).toEqual([2, 0]);
  expect((await lead.post('/approvals', form, at)).text).toContain('Approved for 1 pupil');
  expect(await approvedFor('ann')).toBe(2);
});

it('refuses by name what changed since it was seen, and lets the rest go', async () => {
  const [bob, eva, cid] = await Promise.all(['bob', 'eva', 'cid'].map(seen));
  if (!bob || !eva || !cid) throw new Error('three proposals');
  const key = randomUUID();
  const asked = [{ ...bob, version: bob.version + 1 }, eva, cid, { ...eva, matterId: randomUUID() }];
  const first = await post(asked, key);
  expect(first).toMatchObject({
    status: 200,
    body: {
      results: [
        { pupil: 'bob Testing', outcome: 'refused', because: expect.stringContaining('This changed since you opened it') },
        { pupil: 'eva Testing', outcome: 'approved', because: null },
        { pupil: 'cid Testing', outcome: 'left out', because: expect.stringContaining('Look twice') },
        { pupil: null, outcome: 'left out', because: 'There is no such proposal at your school' },
      ],
    },
  });
  expect((await post(asked, key)).body).toEqual(first.body);
  expect([await approvedFor('bob'), await approvedFor('eva')]).toEqual([0, 2]);
});

it('takes nothing from whom it does not wait for, and no list that is empty', async () => {
  const officer = await desk.tokenOf('attendance-officer');
  const reply = await officer.post('/api/v1/proposals/approvals', { proposals: [await seen('bob')] }, randomUUID());
  expect(reply.body.results).toMatchObject([{ outcome: 'left out', because: 'It does not wait for you' }]);
  expect((await post([])).status).toBe(422);
  expect(await approvedFor('bob')).toBe(0);
});
