import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { undelivered } from '../../../api/letters/undelivered.ts';
import { trainingSchool } from '../../../policy/training/staff.ts';
import { poolOf } from '../../../prisma/pg-client.ts';
import { submit } from '../../support/callers.ts';
import { aDesk, emailOf } from '../../support/desk.ts';
import { aRunningApi } from '../../support/running-api.ts';
import { aSchool, until } from '../../support/school.ts';

const days = Object.fromEntries(['2026-10-05', '2026-10-06', '2026-10-07'].map((day) => [day, 'O']));
describe('a letter that lies to be printed', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let desk: Awaited<ReturnType<typeof aDesk>>;

  beforeAll(async () => {
    school = await aSchool({ today: '2026-10-16', workerless: true, pupils: { ann: days } });
    desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  });
  afterAll(async () => {
    await desk?.stop();
    await school?.end();
  });

  it('says that it must not be posted once its address is not safe', async () => {
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

  it('offers no approval of a correction whose figures have moved: it can only be stopped, and the button says so', async () => {
    const letter = await school.db.letter.findFirstOrThrow({ where: { channel: 'post' } });
    const held = { template: 'correction', status: 'questioned', statusWhy: 'Its figures have changed' };
    await school.db.letter.update({ where: { id: letter.id }, data: held });
    await school.correct('ann', '2026-10-05', { AM: '/', PM: '\\' });
    const page = (await (await desk.signedIn('sal')).get(`/letters/${letter.id}`)).text;
    expect(page).toContain('The case proposes another correction');
    expect(page).not.toContain('Approved again');
    expect(page).toMatch(/>\s*Do not send it\s*<\/button>/);
    expect(page).not.toMatch(/>\s*Confirm\s*<\/button>/);
  });

  it('lies in the queue behind what has waited longer, and all other lists begin with the newest', async () => {
    const { db } = school;
    const [one, two] = await db.letter.findMany({ orderBy: { id: 'asc' } });
    if (!one || !two) throw new Error('There are two letters');
    const place = (id: string, on: string) =>
      db.letter.update({ where: { id }, data: { status: 'to-print', approvedOn: new Date(on) } });
    const office = await desk.signedIn('attendance-officer');
    const order = async (path: string) =>
      [...(await office.get(path)).text.matchAll(/href="\/letters\/([0-9a-f-]{36})"/g)].map(([, id]) => id);
    for (const [first, second] of [
      [one.id, two.id],
      [two.id, one.id],
    ] as const) {
      await place(first, '2026-10-14');
      await place(second, '2026-10-15');
      expect(await order('/letters?status=to-print')).toEqual([first, second]);
      expect(await order('/letters')).toEqual([second, first]);
    }
  });

  it('says in the inbox whose it is, of two pupils of one name, where nobody knows whether it arrived', async () => {
    const { db } = school;
    await db.letter.updateMany({ data: { status: 'unknown' } });
    const lead = await desk.signedIn('sal');
    expect((await lead.get('/inbox')).text).toContain('>ann Testing: Letter 1');
    const { id: _, ...ann } = await db.pupil.findFirstOrThrow();
    await db.pupil.create({ data: { ...ann, admissionNo: 'another', upn: 'another' } });
    expect((await lead.get('/inbox')).text).toContain(`>ann Testing (no. ${ann.admissionNo}): Letter 1`);
    await db.pupil.deleteMany({ where: { admissionNo: 'another' } });
  });

  it('asks the database as often for many letters as for one', async () => {
    const { db } = school;
    let asked = 0;
    const counted = db.$extends({
      query: {
        $allOperations: ({ args, query }) => {
          asked += 1;
          return query(args);
        },
      },
    }) as unknown as typeof db;
    const pool = poolOf.get(db);
    const query = (asking: pg.QueryConfig) => {
      asked += 1;
      return pool?.query(asking);
    };
    poolOf.set(counted, { query } as unknown as pg.Pool);
    await db.letter.updateMany({ data: { status: 'bounced' } });
    const user = { id: 'officer', role: 'attendance-officer', schoolId: trainingSchool.id } as never;
    const ask = async () => {
      asked = 0;
      await undelivered({ deps: { db: counted } as never, user, at: Date.now() });
      return asked;
    };
    const two = await ask();
    const [one] = await school.lettersOf('ann');
    await db.letter.update({ where: { id: one?.id ?? '' }, data: { status: 'waiting' } });
    expect([await ask(), await db.letter.count({ where: { status: 'bounced' } })]).toEqual([two, 1]);
  });
});

describe('the print queue, on the real engine', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof aRunningApi>>;
  let one: string;
  let two: string;

  beforeAll(async () => {
    school = await aSchool({ today: '2026-10-16', pupils: { ann: days } });
    api = await aRunningApi(school);
    await school.db.contact.updateMany({ data: { email: null } });
    await school.decide('ann', 'letter-1', { choice: 'approve' });
    await school.release('ann');
    await until(async () => (await school.lettersOf('ann')).every(({ status }) => status === 'to-print'));
    [one = '', two = ''] = (await school.lettersOf('ann')).map(({ id }) => id);
  });
  afterAll(async () => {
    await api?.stop();
    await school?.end();
  });

  const ended = async () => {
    const { id: matterId } = await school.caseOf('ann');
    const events = await school.db.ledgerEvent.findMany({ where: { matterId, type: 'letter outcome' }, orderBy: { seq: 'asc' } });
    return events.map(({ body }) => body as { letterId: string; outcome: string; words?: string });
  };

  it('gives a letter back with a reason, which its case keeps, and it cannot be posted after that', async () => {
    const office = await api.browserOf(emailOf('attendance-officer'));
    const page = `/letters/${one}`;
    expect((await office.get(page)).text).toContain('cannot be taken back');
    expect((await submit(office, page, { do: 'recall', reason: '' })).text).toContain('href="#reason"');
    expect((await submit(office, page, { do: 'recall', reason: 'The family has moved' })).status).toBe(303);
    expect((await office.get(page)).text).toContain('Recalled: The family has moved');
    await until(async () => (await ended()).some(({ outcome }) => outcome === 'recalled'));
    expect((await ended()).filter(({ letterId }) => letterId === one)).toMatchObject([
      { outcome: 'to-print' },
      { outcome: 'recalled', words: 'The family has moved' },
    ]);
    const machine = await api.as('attendance-officer');
    const posted = await machine.post(`/api/v1/letters/${one}/action`, { do: 'posted' }, randomUUID());
    expect([posted.status, posted.body.detail]).toEqual([409, 'The letter is no longer waiting for that']);
    const { id: matterId } = await school.caseOf('ann');
    expect((await office.get(`/cases/${matterId}`)).text).toMatch(/recalled before it left.*The family has moved/s);
  });

  it('warns before it takes a letter for posted, and takes what was posted before anybody knew', async () => {
    const office = await api.browserOf(emailOf('attendance-officer'));
    const page = `/letters/${two}`;
    const open = (await office.get(page)).text;
    expect(open).not.toContain('name="despite"');
    await school.db.contact.updateMany({ where: { contactNo: 'ann-2' }, data: { addressSafe: false } });
    await school.db.contact.updateMany({ where: { contactNo: 'ann-1' }, data: { addressSafe: false } });
    const warned = await submit(office, page, { do: 'posted' });
    expect(warned.status).toBe(422);
    expect(warned.text).toContain('Do not post this letter. The postal address was marked as not safe');
    expect(warned.text).toContain('name="despite"');
    expect((await office.get('/letters?status=to-print')).text).toContain(
      'Do not post it. The postal address was marked as not safe',
    );
    const machine = await api.as('attendance-officer');
    const refused = await machine.post(`/api/v1/letters/${two}/action`, { do: 'posted' }, randomUUID());
    expect([refused.status, refused.body.detail]).toEqual([422, expect.stringContaining('not safe')]);
    expect((await submit(office, page, { do: 'posted', despite: 'yes' })).status).toBe(303);
    expect((await office.get(page)).text).toContain('Posted on 16 Oct 2026');
    await until(async () => (await ended()).some(({ outcome }) => outcome === 'posted'));
    const late = await machine.post(`/api/v1/letters/${two}/action`, { do: 'recall', reason: 'Too late' }, randomUUID());
    expect([late.status, late.body.detail]).toEqual([409, expect.stringContaining('cannot be called back')]);
  });
});
