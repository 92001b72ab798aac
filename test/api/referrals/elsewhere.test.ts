import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { noticesFor } from '../../../prisma/penalty-notices.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const today = '2027-03-23';
const absent = Object.fromEntries(
  ['2027-02-22', '2027-02-23', '2027-02-24', '2027-03-01', '2027-03-02'].map((day) => [day, 'O']),
);

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let officer: Awaited<ReturnType<typeof desk.signedIn>>;

beforeAll(async () => {
  school = await aSchool({ today, pupils: { A: absent, B: absent, C: absent, D: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  officer = await desk.signedIn('ewo');
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

/** A referral of a pupil that the officer has accepted, and the pupil's mother. */
async function accepted(name: string) {
  const id = randomUUID();
  const { id: caseId, schoolId, pupilId } = await school.caseOf(name);
  const standing = { status: 'open', stage: 'received', headline: 'Received', events: 0 };
  await school.db.referral.create({
    data: { id, caseId, schoolId, pupilId, authorityId: 'severnshire', madeOn: columnOf(today), state: {}, ...standing },
  });
  await desk.decide({ kind: 'referral', matterId: id, input: { key: 'opened', kind: 'opened' } });
  await officer.post(await asked(id, 'accept referral'), { choice: 'accept' });
  const { contactId } = await school.db.pupilContact.findFirstOrThrow({ where: { pupilId, relationship: 'Mother' } });
  return { id, pupilId, contactId, at: `/referrals/${id}/elsewhere` };
}

async function asked(id: string, action: string): Promise<string> {
  const { key } = await school.db.proposal.findFirstOrThrow({ where: { matterId: id, action, status: 'open' } });
  return `/referrals/${id}/proposals/${key}`;
}

const said = { issuer: 'Westshire Council', issuedOn: '2025-11-03', outcome: 'paid', source: 'Their letter of 12 March' };
const law = async (id: string) => (await officer.get(await asked(id, 'decide tool'))).text;

describe('a penalty notice that was issued elsewhere', () => {
  it('is recorded with who, and counts as the first in three years until it is taken back with a reason', async () => {
    const { id, at, contactId, pupilId } = await accepted('A');
    expect(await law(id)).toContain('The first in three years: £160 within 28 days, or £80');
    const wrong = await officer.post(at, { do: 'record', ...said, contactId: '', source: '' });
    expect([wrong.status, wrong.text.includes('<a href="#source">Enter how it is known</a>')]).toEqual([422, true]);
    const late = await officer.post(at, { do: 'record', ...said, contactId, issuedOn: '2027-03-24' });
    expect([late.status, late.text.includes('<a href="#issuedOn">That day has not come')]).toEqual([422, true]);
    expect((await officer.post(at, { do: 'record', ...said, contactId })).status).toBe(303);
    expect((await officer.post(at, { do: 'record', ...said, contactId })).text).toContain('is on record already');
    expect(await law(id)).toContain('The second, and the last, in three years: £160 within 28 days');
    const page = (await officer.get(`/referrals/${id}`)).text;
    for (const part of ['3 Nov 2025, Westshire Council', 'Their letter of 12 March', 'Recorded by']) expect(page).toContain(part);

    const row = await school.db.noticeElsewhere.findFirstOrThrow({ where: { pupilId } });
    expect(row).toMatchObject({ recordedBy: 'ewo', role: 'ewo', referralId: id });
    expect((await officer.post(at, { do: 'take back', notice: row.id })).text).toContain('Write why it was a mistake');
    expect((await officer.post(at, { do: 'take back', notice: row.id, reason: 'It was her sister' })).status).toBe(303);
    expect(await law(id)).toContain('The first in three years');
    expect((await officer.get(at)).text).toContain('Taken back, and counts no more: It was her sister');
  });

  it('makes what is asked lose its ground, once a second one becomes known: there is no third', async () => {
    const { id, contactId } = await accepted('B');
    const tool = { choice: 'tool:penalty notice', parents: [contactId], supportFirst: 'not appropriate', text: 'Ten sessions' };
    await officer.post(await asked(id, 'decide tool'), tool);
    const token = await desk.tokenOf('ewo');
    const key = randomUUID();
    const record = (issuedOn: string, of = randomUUID()) =>
      token.post(`/api/v1/referrals/${id}/elsewhere`, { do: 'record', ...said, issuedOn, contactId }, of).expect(200);
    await record('2025-11-03', key);
    await record('2025-11-03', key);
    await record('2026-06-01');
    expect(await school.db.noticeElsewhere.count({ where: { referralId: id } })).toBe(2);
    const told = await school.db.outbox.findMany({ where: { matterId: id, kind: 'tell' }, orderBy: { id: 'asc' } });
    expect(told).toHaveLength(2);
    for (const { input } of told) await desk.decide({ kind: 'referral', matterId: id, input: input as never });
    expect(await law(id)).toContain('Not possible today. 2 notices were issued in the 3 years to Tuesday 23 March 2027');
    const { body } = await token.get(`/api/v1/referrals/${id}`).expect(200);
    expect(body.notices).toMatchObject([{ status: 'lapsed' }]);
    expect(body.elsewhere).toMatchObject([
      { issuedOn: '2026-06-01', outcome: 'paid', recorded: true, takenBack: null },
      { issuedOn: '2025-11-03' },
    ]);
    expect((await (await desk.signedIn('sal')).get(`/referrals/${id}/elsewhere`)).text).not.toContain('name="do"');
    expect(
      (await (await desk.tokenOf('sal')).post(`/api/v1/referrals/${id}/elsewhere`, { do: 'take back' }, randomUUID())).status,
    ).toBe(403);
  });
});

describe('a third in three years that was issued all the same', () => {
  it('is recorded as it happened, here or elsewhere, marked as against the rules, and asks to be withdrawn', async () => {
    const { id, at, contactId } = await accepted('D');
    const tool = { choice: 'tool:penalty notice', parents: [contactId], supportFirst: 'not appropriate', text: 'Ten sessions' };
    await officer.post(await asked(id, 'decide tool'), tool);
    const head = await desk.signedIn('headteacher');
    expect((await head.post(await asked(id, 'authorise penalty notice'), { choice: 'authorise' })).status).toBe(303);
    for (const issuedOn of ['2025-11-03', '2026-06-01']) await officer.post(at, { do: 'record', ...said, contactId, issuedOn });
    for (const { input } of await school.db.outbox.findMany({ where: { matterId: id, kind: 'tell' }, orderBy: { id: 'asc' } }))
      await desk.decide({ kind: 'referral', matterId: id, input: input as never });
    const posted = { choice: 'issue', postedOn: today };
    const refused = await officer.post(await asked(id, 'posted or not'), posted);
    expect([refused.status, refused.text.includes('a third cannot be')]).toEqual([422, true]);
    expect((await officer.post(await asked(id, 'posted or not'), { ...posted, allTheSame: 'yes' })).status).toBe(303);
    const page = (await officer.get(`/referrals/${id}`)).text;
    expect(page).toContain('Penalty notice issued against the rules');
    expect(page).toMatch(/It should not have been issued: withdraw it/);
    const { body } = await (await desk.tokenOf('ewo')).get(`/api/v1/referrals/${id}`).expect(200);
    expect(body.notices).toMatchObject([{ status: 'issued', issued: { order: 3, against: expect.stringContaining('a third') } }]);
    const notice = `/referrals/${id}/notices/${body.notices[0].id}`;
    expect((await officer.get(notice)).text).toContain('More than the two that may be issued');
    const withdrawn = { do: 'withdraw', ground: 'should-not-have-issued', text: 'A third' };
    expect((await officer.post(notice, withdrawn)).status).toBe(303);

    await officer.post(at, { do: 'record', ...said, contactId, issuedOn: '2026-11-02', outcome: 'issued' });
    expect((await officer.get(at)).text.match(/Against the rules: it is a third in three years/g)).toHaveLength(1);
  });
});

describe('a child who was at another school here', () => {
  it('is known by the UPN, the parent by more than a name, and what is not certain counts for nobody and is shown', async () => {
    const { id, pupilId, contactId } = await accepted('C');
    const { school: _, ...pupil } = await school.db.pupil.findUniqueOrThrow({
      where: { id: pupilId },
      include: { school: true },
    });
    await school.db.authority.create({
      data: { id: 'east', name: 'Eastshire', address: [], phone: '', email: 'e@east.example' },
    });
    const { id: __, periodsOfFile: ___, ...here } = await school.db.school.findUniqueOrThrow({ where: { id: pupil.schoolId } });
    await school.db.school.create({
      data: { ...here, id: 'before', name: 'Before School', authorityId: 'east' },
    });
    const other = { ...pupil, id: randomUUID(), schoolId: 'before' };
    await school.db.pupil.create({ data: other });
    const mother = await school.db.contact.update({ where: { id: contactId }, data: { email: 'mother.of.c@home.example' } });
    const notice = async (contact: Partial<typeof mother>, issuedOn: string) => {
      const person = { ...mother, ...contact, id: randomUUID(), schoolId: 'before', contactNo: randomUUID() };
      await school.db.contact.create({ data: person });
      await school.db.penaltyNotice.create({
        data: {
          ...{ id: randomUUID(), referralId: randomUUID(), pupilId: other.id, contactId: person.id, order: 1 },
          ...{ issuedOn: columnOf(issuedOn), servedOn: columnOf(issuedOn), fullPence: 16_000, fullUntil: columnOf(issuedOn) },
          ...{ status: 'paid', statusOn: columnOf(issuedOn), sessions: [] },
        },
      });
    };
    const counted = async () => (await noticesFor(school.db, pupilId)).map((one) => [one.issuedOn, one.contactId === contactId]);
    await notice({ email: null, phone: null, address: ['9 Elsewhere'], postcode: 'ZZ1 1ZZ' }, '2026-01-05');
    expect(await counted()).toEqual([['2026-01-05', false]]);
    expect(await law(id)).toContain('The first in three years');
    await notice({ address: ['9 Elsewhere'] }, '2026-02-09');
    expect(await counted()).toEqual([
      ['2026-01-05', false],
      ['2026-02-09', true],
    ]);
    expect(await law(id)).toContain('The second, and the last, in three years');
    const page = (await officer.get(`/referrals/${id}`)).text;
    expect(page).toContain('It counts for nobody yet');
    expect(page).toContain('9 Feb 2026, Eastshire');
    expect(page).not.toContain('9 Elsewhere');
    // The children of a real school are nobody's at a training school.
    await school.db.school.update({ where: { id: 'before' }, data: { training: false } });
    expect(await counted()).toEqual([]);
    await school.db.school.update({ where: { id: 'before' }, data: { training: true } });
    expect(await counted()).toHaveLength(2);
    await school.db.pupil.update({ where: { id: other.id }, data: { upn: 'Z999999999999' } });
    expect(await counted()).toEqual([]);
  });
});
