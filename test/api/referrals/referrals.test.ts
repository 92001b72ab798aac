import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { maySay } from '../../../api/letters/reach.ts';
import { noticeChoices } from '../../../api/referrals/choices.ts';
import { DecisionForm } from '../../../api/referrals/decision-form.ts';
import { keepProfile } from '../../../prisma/authority-profiles.ts';
import { columnOf } from '../../../prisma/day-column.ts';
import { moveLetter } from '../../../prisma/letters.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const today = '2027-03-23';
const absent = Object.fromEntries(
  ['2026-10-05', '2027-02-22', '2027-02-23', '2027-02-24', '2027-03-01', '2027-03-02'].map((day) => [day, 'O']),
);

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let officer: Awaited<ReturnType<typeof desk.signedIn>>;
let head: typeof officer;

beforeAll(async () => {
  school = await aSchool({ today, pupils: { A: absent, B: absent, C: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  officer = await desk.signedIn('ewo');
  head = await desk.signedIn('headteacher');
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** A referral of this pupil, as the school's case makes it. */
async function referralOf(pupil: string, madeOn = today): Promise<string> {
  const { id: caseId, schoolId, pupilId } = await school.caseOf(pupil);
  const { authorityId } = await school.db.school.findUniqueOrThrow({ where: { id: schoolId } });
  const { id } = await school.db.referral.create({
    data: {
      ...{ id: randomUUID(), authorityId, schoolId, caseId, pupilId, status: 'open', stage: 'received', headline: '' },
      ...{ madeOn: columnOf(madeOn), events: 0, state: {} },
    },
  });
  await desk.decide({ kind: 'referral', matterId: id, input: { key: 'opened', kind: 'opened' } });
  return id;
}

const standing = async (id: string, what: string): Promise<string> => {
  const row = await school.db.proposal.findFirstOrThrow({ where: { matterId: id, action: what, status: 'open' } });
  return `/referrals/${id}/proposals/${row.key}`;
};

describe('a referral, from its arrival to a payment', () => {
  let id: string;
  let mother: string;
  beforeAll(async () => {
    id = await referralOf('A');
    const { pupilId } = await school.caseOf('A');
    ({ contactId: mother } = await school.db.pupilContact.findFirstOrThrow({ where: { pupilId, relationship: 'Mother' } }));
  });

  it('stands in the officer’s list, with the school’s evidence on its page', async () => {
    expect((await officer.get('/referrals')).text).toContain('A Testing');
    const page = (await officer.get(`/referrals/${id}`)).text;
    for (const part of [
      'Accept the referral, or return it',
      'Parent 1 of A',
      '10 sessions. A penalty notice is to be considered at 10: the national threshold is met',
      'A88540012600',
      'The case was opened',
    ]) {
      expect(page).toContain(part);
    }
    expect(page).toContain('value="note"');
    for (const notYet of ['reconsider', 'close']) expect(page).not.toContain(`value="${notYet}"`);
  });

  it('says until when the child was on the roll, once they leave', async () => {
    const { pupilId } = await school.caseOf('A');
    expect((await officer.get(`/referrals/${id}`)).text).toContain('Since Wednesday 2 September 2026');
    await school.db.pupil.update({ where: { id: pupilId }, data: { onRollTo: columnOf('2027-03-19') } });
    expect((await officer.get(`/referrals/${id}`)).text).toContain('From Wednesday 2 September 2026 to Friday 19 March 2027');
    await school.db.pupil.update({ where: { id: pupilId }, data: { onRollTo: null } });
  });

  it('says what is wrong with a form, beside the field, and keeps what was typed', async () => {
    const where = await standing(id, 'accept referral');
    const nothing = await officer.post(where, {});
    expect([nothing.status, nothing.text.includes('Choose what to do')]).toEqual([422, true]);
    const { status, text } = await officer.post(where, { choice: 'return', text: 'Please add them' });
    expect(status).toBe(422);
    expect(text).toContain('<a href="#missing">Say what is missing</a>');
    expect(text).toContain('Please add them');
    expect(text).toMatch(/<title[^>]*>\s*Error: /);
  });

  it('is accepted, and a notice asked of the headteacher, who alone authorises it', async () => {
    expect((await officer.post(await standing(id, 'accept referral'), { choice: 'accept' })).status).toBe(303);
    const shown = (await officer.get(await standing(id, 'decide tool'))).text;
    expect(shown).toMatch(/Penalty notice to Parent 2 of A, Father<\/dt><dd[^>]*>The first in three years/);
    const tool = { choice: 'tool:penalty notice', parents: [mother], supportFirst: 'did not work', text: 'Ten sessions' };
    const nothing = await officer.post(await standing(id, 'decide tool'), { choice: 'tool:penalty notice' });
    for (const wrong of [
      '#parents">Choose at least one parent',
      '#supportFirst">Say how support came first',
      '#text">Write your',
    ])
      expect(nothing.text).toContain(wrong);
    const refused = await officer.post(await standing(id, 'decide tool'), tool);
    expect([refused.status, refused.text.includes('A notice to improve comes first here')]).toEqual([422, true]);
    const asked = await officer.post(await standing(id, 'decide tool'), { ...tool, supportFirst: 'not appropriate' });
    expect(asked.status).toBe(303);
    const where = await standing(id, 'authorise penalty notice');
    for (const page of ['/inbox', where])
      expect((await head.get(page)).text).toContain('Authorise a penalty notice to Parent 1 of A');
    expect((await officer.get(`/referrals/${id}`)).text).toContain('Asked: Authorise a penalty notice to Parent 1 of A');
    expect((await officer.get(where)).text).toContain('For the headteacher to decide');
    const page = (await head.get(where)).text;
    for (const part of ['Dana Ellis, Education welfare officer', 'Support is not appropriate here', 'Ten sessions'])
      expect(page).toContain(part);
    expect(page).toContain('The first in three years: £160 within 28 days, or £80 within 21 days');
    expect((await head.get('/inbox')).text).toContain(`/referrals/${id}`);
    expect((await head.post(where, { choice: 'authorise' })).status).toBe(303);
  });

  it('is issued with its dates, and the payment recorded', async () => {
    const early = await officer.post(await standing(id, 'issue penalty notice'), { choice: 'issue', postedOn: '2027-03-01' });
    expect(early.text).toContain('<a href="#postedOn">It cannot have been posted before the headteacher authorised it</a>');
    await officer.post(await standing(id, 'issue penalty notice'), { choice: 'issue', postedOn: today });
    const notice = await school.db.penaltyNotice.findFirstOrThrow({ where: { referralId: id } });
    const where = `/referrals/${id}/notices/${notice.id}`;
    expect((await officer.get(where)).text).toContain('£80 until Wednesday 14 April 2027');
    const part = await officer.post(where, { do: 'payment', paidOn: today, amount: '40' });
    expect([part.status, part.text]).toEqual([422, expect.stringMatching(/<a href="#amount">£80 was due on .* paid in part</)]);
    expect((await officer.post(where, { do: 'payment', paidOn: today, amount: '£80' })).status).toBe(303);
    expect((await school.db.penaltyNotice.findFirstOrThrow({ where: { referralId: id } })).status).toBe('paid');
    const settled = (await officer.get(where)).text;
    expect(settled).toMatch(/Paid<\/dt><dd[^>]*>£80<.*value="withdraw"/s);
    for (const notNow of ['payment', 'not-prosecuting']) expect(settled).not.toContain(`value="${notNow}"`);
    const page = (await officer.get(`/referrals/${id}`)).text;
    expect(page).toContain('£80 paid by Parent 1 of A');
    expect(page).toContain('The notice to Parent 1 of A of 23 Mar 2027 rests on 10 of them.');
    await officer.post(`/referrals/${id}`, { do: 'reconsider', text: 'Does more help?' });
    const law = (await officer.get(await standing(id, 'decide tool'))).text;
    expect(law).toMatch(
      /Parent 1 of A, Mother<\/dt><dd[^>]*>Not possible today. The national threshold is not met: 2 of 10 sessions/,
    );
  });

  it('closes with a reason, and only with one', async () => {
    expect((await officer.post(`/referrals/${id}`, { do: 'close' })).text).toContain('Write your reasons');
    expect((await officer.post(`/referrals/${id}`, { do: 'close', text: 'Paid, and attending' })).status).toBe(303);
    expect((await officer.get('/referrals?status=closed')).text).toContain('A Testing');
  });
});

describe('a return', () => {
  it('says on the referral’s page what was missing, and why, once', async () => {
    const id = await referralOf('C');
    const said = { choice: 'return', missing: ['letters-sent', 'other'], text: 'No proof of post' };
    expect((await officer.post(await standing(id, 'accept referral'), said)).status).toBe(303);
    const page = (await officer.get(`/referrals/${id}`)).text;
    expect(page).toContain('Returned on 23 Mar 2027');
    expect(page).toContain('Missing: Letters sent, with dates and proof; Something else. “No proof of post”');
    expect(page.match(/<blockquote/g)).toHaveLength(1);
  });
});

describe('a contract and a notice to improve', () => {
  it('are recorded through their forms', async () => {
    const id = await referralOf('B');
    const { pupilId } = await school.caseOf('B');
    const [{ contactId } = { contactId: '' }] = await school.db.pupilContact.findMany({ where: { pupilId } });
    await officer.post(await standing(id, 'accept referral'), { choice: 'accept' });
    await officer.post(await standing(id, 'decide tool'), { choice: 'tool:attendance contract', text: 'The family is willing' });
    const agreed = {
      ...{ choice: 'agreed', on: today, parties: contactId, contractUntil: '2027-05-21', review1: '2027-04-23' },
      ...{ requirements: ['attend-daily', 'arrive-on-time'], support: 'mentor', text: 'Every day by nine' },
    };
    const where = await standing(id, 'agree contract');
    expect((await officer.post(where, { ...agreed, contractUntil: '' })).text).toContain('Enter the last day of the contract');
    expect((await officer.post(where, agreed)).status).toBe(303);
    const page = (await officer.get(`/referrals/${id}`)).text;
    expect(page).toMatch(/agreed on Tuesday 23 March 2027, until Friday 21 May 2027; reviews on 23 Apr 2027, 21 May 2027/);
    const promised = 'The child attends every day the school is open; The child arrives before the register closes';
    for (const part of [promised, `The parents undertake: ${promised}. Support: A mentor or key adult`, 'value="reconsider"'])
      expect(page).toContain(part);
    await officer.post(`/referrals/${id}`, { do: 'reconsider', text: 'It does not work' });
    await officer.post(await standing(id, 'decide tool'), { choice: 'tool:notice to improve', text: 'A last chance' });
    const notice = { choice: 'issue notice', from: '2027-04-12', weeks: '4', target: '95%', earlyGrounds: 'no-engagement' };
    await isShownFirst(id, await standing(id, 'issue notice to improve'), notice);
    const issued = await officer.post(await standing(id, 'issue notice to improve'), {
      ...notice,
      letterText: 'A mentor each morning',
    });
    expect([issued.status, issued.status === 303 ? '' : issued.text]).toEqual([303, '']);
    const letters = await school.db.letter.findMany({
      where: { matterId: id, template: 'notice-to-improve', status: 'waiting' },
    });
    expect(letters).toHaveLength(2);
    const second = letters[1]?.id ?? '';
    await moveLetter(school.db, second, ['waiting'], { status: 'to-print', why: null });
    const line = `href="/letters/${second}">B Testing, Oakbridge School: Notice to improve to Parent `;
    expect((await officer.get('/inbox')).text).toContain(line);
    expect((await head.get('/inbox')).text).not.toContain('Letters to print and post');
    expect(letters[0]?.fields).toMatchObject({
      school: { name: 'Severnshire Council', phone: '01632 960200' },
      pupilsSchool: 'Oakbridge School',
      amounts: { first: { discountPence: 8_000 }, second: { discountPence: null, fullPence: 16_000 }, years: 3 },
      supportOffered: ['A mentor or key adult.'],
      earlyGrounds: ['You do not take up the support that is offered.'],
    });
    const agreedTo = letters.filter(({ fields }) => JSON.stringify(fields).includes('You agreed to an attendance contract'));
    expect(agreedTo.map((letter) => letter.contactId)).toEqual([contactId]);
    const [{ id: letterId, caseId } = { id: '', caseId: '' }] = letters;
    const atSchool = await desk.signedIn('attendance-officer');
    const whose = (text: string) => text.match(/A letter of Severnshire Council\.<\/strong> ([^<]*)/)?.[1]?.trim();
    expect(whose((await atSchool.get('/letters?status=to-print')).text)).toBe('Its officer prints and posts it.');
    await school.db.letter.update({ where: { id: second }, data: { status: 'unknown' } });
    const doubted = `href="/letters/${second}"`;
    expect((await officer.get('/inbox')).text).toMatch(new RegExp(`Did these letters arrive\\?[\\s\\S]*${doubted}`));
    expect((await atSchool.get('/inbox')).text).not.toContain(doubted);
    expect(whose((await atSchool.get('/letters?status=unknown')).text)).toBe('Its officer finds out whether it arrived.');
    expect((await officer.get(`/letters/${letterId}`)).text).toContain('Recall');
    const office = (await (await desk.signedIn('attendance-officer')).get(`/letters/${letterId}`)).text;
    expect([office.includes(`href="/cases/${caseId}"`), office.includes('/referrals/')]).toEqual([true, false]);
    await school.db.letter.update({ where: { id: letterId }, data: { status: 'sent' } });
    const deed = { do: 'came back', reason: 'Mailbox unknown' };
    expect((await officer.post(`/letters/${letterId}`, deed)).status).toBe(303);
    expect((await officer.get(`/letters/${letterId}`)).text).toContain('Came back: Mailbox unknown');
    expect([maySay('ewo', { matterId: id, caseId }), maySay('ewo', { matterId: caseId, caseId })]).toEqual([true, false]);
  });
});

/** The officer reads each parent's notice before issuing it; showing it issues nothing. */
async function isShownFirst(id: string, where: string, notice: Record<string, string>): Promise<void> {
  const words = { text: 'Between us: be careful', letterText: 'A mentor each morning' };
  expect((await officer.get(where)).text).toContain('each parent’s own notice stands here');
  const wrong = await officer.post(where, { ...notice, ...words, weeks: '', show: 'letter' });
  expect([wrong.status, wrong.text.includes('<a href="#weeks">Enter how many school weeks it runs</a>')]).toEqual([422, true]);
  const shown = await officer.post(where, { ...notice, ...words, choice: '', show: 'letter' });
  expect(shown.status).toBe(200);
  const letters = shown.text
    .split('<article')
    .slice(1)
    .map((part) => part.slice(0, part.indexOf('</article>')));
  expect(letters.map((letter) => /Dear ([^<]+)</.exec(letter)?.[1])).toEqual(['Parent 1 of B', 'Parent 2 of B']);
  for (const letter of letters) {
    expect(letter).toContain('From Monday 12 April 2027 to Friday 7 May 2027 B Testing must be in school for at least 95%');
    expect(letter).toContain('A second notice within 3 years is £160, to be paid within 28 days.');
    expect(letter).toContain('A mentor each morning');
    expect(letter).not.toContain('Between us');
  }
  const pdf = await officer.post(`${where}/letters/0`, { ...notice, ...words, show: 'letter' }, { form: where });
  expect([pdf.status, pdf.type]).toEqual([200, 'application/pdf']);
  expect(await school.db.letter.count({ where: { matterId: id } })).toBe(0);
  expect(await school.db.proposal.count({ where: { matterId: id, action: 'issue notice to improve', status: 'open' } })).toBe(1);
}

describe('the form of a notice to improve', () => {
  const wrongIn = (fields: Record<string, string>) => {
    const notice = { choice: 'issue notice', from: '2027-04-12', weeks: '4', target: '95', earlyGrounds: 'no-engagement' };
    const form = { decisionKey: randomUUID(), version: '1', ...notice, letterText: 'A mentor', ...fields };
    return DecisionForm.safeParse(form).error?.issues.map(({ path, message }) => [path[0], message]);
  };
  it.each([
    ['weeks', 'four', 'Enter how many school weeks it runs'],
    ['weeks', '3.5', 'Enter how many school weeks it runs'],
    ['target', 'abc', 'Enter the attendance wanted, such as 95'],
    ['target', '95.555', 'Enter the attendance wanted, such as 95'],
    ['target', '150', 'Enter the attendance wanted, such as 95'],
  ])('says in plain words what it wants of %s, not %s', (field, typed, says) => {
    expect(wrongIn({ [field]: typed })).toEqual([[field, says]]);
    expect(wrongIn({})).toBeUndefined();
  });
});

describe('for machines', () => {
  it('a referral is read, decided by its version, and a repeat of the same key is one decision', async () => {
    const id = await referralOf('B');
    const token = await desk.tokenOf('ewo');
    const read = await token.get(`/api/v1/referrals/${id}`).expect(200);
    const [ask] = read.body.asks;
    expect([ask.what, read.body.ledger.whole]).toEqual(['accept referral', true]);
    const path = `/api/v1/referrals/${id}/proposals/${ask.key}/decision`;
    const body = { version: ask.version, decision: { choice: 'accept' } };
    const key = randomUUID();
    const first = await token.post(path, body, key).expect(200);
    expect((await token.post(path, body, key).expect(200)).body).toEqual(first.body);
    const late = await token.post(path, body, randomUUID()).expect(409);
    expect(late.body.detail).toMatch('This has been decided or withdrawn');
    await token.post(`/api/v1/referrals/${id}/action`, { do: 'close' }, randomUUID()).expect(422);
  });
});

it.each(['constructor', 'toString', '__proto__'])('nothing is asked under what every object has: %s', async (key) => {
  const id = await referralOf('B');
  const token = await desk.tokenOf('ewo');
  expect((await officer.get(`/referrals/${id}/proposals/${key}`)).status).toBe(404);
  await token.get(`/api/v1/referrals/${id}/proposals/${key}`).expect(404);
  const body = { version: 1, decision: { choice: 'accept' } };
  const said = await token.post(`/api/v1/referrals/${id}/proposals/${key}/decision`, body, randomUUID()).expect(409);
  expect(said.body.detail).toMatch('decided or withdrawn');
});

it.each([
  ['issued', ['payment', 'withdraw'], false],
  ['unpaid', ['payment', 'withdraw'], true],
  ['paid', ['withdraw'], false],
  ['prosecuted', ['withdraw'], true],
] as const)('of a notice that is %s the form offers what the rules take', (status, offered, unprosecuted) => {
  const choices = noticeChoices(status);
  expect(choices.map(({ value }) => value)).toEqual(offered);
  expect(JSON.stringify(choices).includes('not-prosecuting')).toBe(unprosecuted);
});

it('counts towards the threshold only sessions of the time on roll, as the rules do', async () => {
  const id = await referralOf('B');
  await officer.post(await standing(id, 'accept referral'), { choice: 'accept' });
  const left = (onRollTo: Date | null) => school.db.pupil.update({ where: { id: school.idOf('B') }, data: { onRollTo } });
  await left(columnOf('2027-02-24'));
  const { body } = await (await desk.tokenOf('ewo')).get(`/api/v1/referrals/${id}`);
  expect(body.evidence.threshold).toMatchObject({ met: false, count: 6 });
  expect(body.evidence.threshold.sessions).toHaveLength(6);
  expect((await officer.get(`/referrals/${id}`)).text).not.toContain('the national threshold is met');
  expect((await officer.get(await standing(id, 'decide tool'))).text).toContain('The national threshold is not met: 6 of 10');
  await left(null);
});

describe('who may', () => {
  it.each([
    ['class-teacher', 403],
    ['sal', 200],
    ['headteacher', 200],
    ['ewo', 200],
  ] as const)('%s reads the list: %i', async (role, status) => {
    expect((await (await desk.signedIn(role)).get('/referrals')).status).toBe(status);
  });

  it.each(['class-teacher', 'senco', 'dsl', 'admin', 'trust-lead'] as const)(
    '%s hears nothing of what is asked of others, whatever version is named',
    async (role) => {
      const id = await referralOf('B');
      const { key, sentence } = await school.db.proposal.findFirstOrThrow({ where: { matterId: id, status: 'open' } });
      const path = `/api/v1/referrals/${id}/proposals/${key}`;
      const body = { version: 99, decision: { choice: 'accept' } };
      const token = await desk.tokenOf(role);
      const told = [
        await token.get(path),
        await token.post(`${path}/decision`, body, randomUUID()),
        await token.post(`${path}/letters`, body, randomUUID()),
        await token.post(`${path.replace(key, '9-decide-tool')}/letters`, body, randomUUID()),
      ];
      expect(told.map(({ status }) => status).slice(0, 3)).toEqual([404, 404, 404]);
      for (const { text } of told) for (const secret of [sentence, 'Parent 1 of B']) expect(text).not.toContain(secret);
    },
  );

  it('does not show a referral of another authority', async () => {
    const { id } = await school.db.referral.findFirstOrThrow();
    await school.db.authority.create({ data: { id: 'other', name: 'Other', address: [], phone: '', email: 'o@other.example' } });
    await school.db.referral.update({ where: { id }, data: { authorityId: 'other' } });
    expect((await officer.get(`/referrals/${id}`)).status).toBe(404);
  });
});

describe('an officer who is away', () => {
  it('names a colleague of the authority, who decides in their place: the record says by whom and for whom', async () => {
    const id = await referralOf('C');
    const where = await standing(id, 'accept referral');
    const lead = await desk.signedIn('ewo-lead');
    expect((await lead.get('/inbox')).text).not.toContain(where);
    expect((await lead.get(where)).text).toContain('For the education welfare officer to decide');
    const fields = { do: 'name', to: 'ewo-lead', from: today, until: '2027-03-25' };
    expect((await officer.post('/away', { ...fields, to: 'head' })).text).toContain('There is no such colleague where you work');
    expect((await officer.post('/away', fields)).status).toBe(303);
    expect((await officer.get('/inbox')).text).toContain('Ruth Okoye, Education welfare team lead decides for you');

    expect((await lead.get('/inbox')).text).toContain(where);
    expect((await lead.get(where)).text).toMatch(/You decide for Dana Ellis, [^<]*who is away. The record says so/);
    const machine = await desk.tokenOf('ewo-lead');
    const rows = (await machine.get('/api/v1/proposals')).body.rows as { matterId: string; inPlaceOf: object | null }[];
    expect(rows.find(({ matterId }) => matterId === id)?.inPlaceOf).toMatchObject({ name: 'Dana Ellis' });
    expect((await lead.post(where, { choice: 'accept', text: '' })).status).toBe(303);
    const events = await school.db.ledgerEvent.findMany({ where: { matterId: id }, orderBy: { seq: 'asc' } });
    expect(events.find(({ byUser }) => byUser === 'ewo-lead')).toMatchObject({ forUser: 'ewo' });

    await school.db.delegation.updateMany({ data: { endedAt: new Date() } });
    expect((await lead.get('/inbox')).text).not.toContain(`/referrals/${id}`);
  });
});

describe('whom the authority’s profile has stand in for the headteacher', () => {
  const dsl = () => desk.signedIn('dsl');
  it('sees what is asked of them, no more of the referral, and decides it', async () => {
    const own =
      'authority: severnshire\ntitle: "Severnshire"\nwaiting: { remind after: "1 school day", escalate after: "1 school day" }\n';
    await keepProfile(school.db, { text: `${own}stands in: { headteacher: dsl }\n`, fileName: 'own.yaml' }, { today });
    const id = await referralOf('C');
    const { pupilId } = await school.caseOf('C');
    const { contactId } = await school.db.pupilContact.findFirstOrThrow({ where: { pupilId, relationship: 'Mother' } });
    const tool = { choice: 'tool:penalty notice', parents: [contactId], supportFirst: 'not appropriate', text: 'Ten sessions' };
    await officer.post(await standing(id, 'accept referral'), { choice: 'accept' });
    await officer.post(await standing(id, 'decide tool'), tool);
    const where = await standing(id, 'authorise penalty notice');
    expect((await (await dsl()).get(where)).status).toBe(404);
    await school.db.school.updateMany({ data: { today: columnOf('2027-04-15') } });
    await desk.decide({ kind: 'referral', matterId: id, input: { key: 'day:2027-04-15', kind: 'day' } });

    const inbox = (await (await dsl()).get('/inbox')).text;
    expect([inbox.includes(where), inbox.includes(`/referrals/${id}"`)]).toEqual([true, false]);
    expect((await (await dsl()).get(where)).text).toContain('Your decision');
    expect((await (await dsl()).get(`/referrals/${id}`)).status).toBe(403);
    const done = await (await dsl()).post(where, { choice: 'authorise' });
    expect([done.status, done.headers.location]).toEqual([303, '/inbox']);
    const events = await school.db.ledgerEvent.findMany({ where: { matterId: id } });
    expect(events.find(({ type }) => type === 'penalty notice authorised')?.byUser).toBe('dsl');
  });
});

describe('a kept profile that this release no longer reads', () => {
  it('stops no referral, and is named to who can mend it', async () => {
    const text = 'authority: severnshire\ntitle: "Severnshire"\nstands in: { headteacher: attendance-officer }\n';
    const data = { authorityId: 'severnshire', text, inForceFrom: columnOf(today) };
    const kept = await school.db.authorityProfile.create({ data });
    const id = await referralOf('B');
    await officer.post(await standing(id, 'accept referral'), { choice: 'accept' });
    expect((await school.db.referral.findUniqueOrThrow({ where: { id } })).stage).toBe('accepted');
    const page = await (await desk.signedIn('ewo')).get('/authority');
    expect(page.text).toMatch(/A part of the profile that is kept here is not followed[\s\S]*Line 3, column 14/);
    await school.db.authorityProfile.delete({ where: { id: kept.id } });
  });
});

describe('an authority that decides something else from a day on', () => {
  it('asks by it in referrals that are made since, and in those before as it was then', async () => {
    const text =
      'authority: severnshire\ntitle: "Severnshire"\nin force: { from: "2027-04-19" }\nnotice to improve: { school weeks: { at least: 6, at most: 6 }, issued by: school, before a penalty notice: false }\n';
    await keepProfile(school.db, { text, fileName: 'own.yaml' }, { today });
    await school.db.school.updateMany({ data: { today: columnOf('2027-04-20') } });
    const issuerOf = async (madeOn: string) => {
      const id = await referralOf('B', madeOn);
      await officer.post(await standing(id, 'accept referral'), { choice: 'accept' });
      await officer.post(await standing(id, 'decide tool'), { choice: 'tool:notice to improve', text: 'Support was tried' });
      return (await school.db.proposal.findFirstOrThrow({ where: { matterId: id, action: 'issue notice to improve' } })).role;
    };
    expect([await issuerOf('2027-04-16'), await issuerOf('2027-04-19')]).toEqual(['ewo', 'headteacher']);
  });
});
