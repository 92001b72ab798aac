import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { firstBreak } from '../../../prisma/ledger.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = Object.fromEntries(['2026-09-08', '2026-09-15'].map((day) => [day, 'O']));
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let dsl: Awaited<ReturnType<typeof desk.signedIn>>;
let machine: Awaited<ReturnType<typeof desk.tokenOf>>;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { ann: absent, ben: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  dsl = await desk.signedIn('dsl');
  machine = await desk.tokenOf('dsl');
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const letterOf = async (pupil: string) => {
  const [found] = await school.proposals(pupil);
  return { at: `/proposals/${(await school.caseOf(pupil)).id}/${found?.key}`, version: found?.version ?? 0 };
};
const todayIs = (on: string) => school.db.school.updateMany({ data: { today: columnOf(on) } });
const inbox = async () =>
  (await machine.get('/api/v1/proposals')).body.rows as { inPlaceOf: object | null; pupil: { name: string } }[];

describe('a person who is away', () => {
  it('names a colleague on a page of their own, for some days, and is told what cannot be', async () => {
    const fields = { do: 'name', to: 'dsl', from: '2026-10-06', until: '2026-10-08' };
    expect((await lead.get('/inbox')).text).toContain('Going away? Name who decides for you');
    const wrong = await lead.post('/away', { ...fields, to: '', until: 'soon' });
    expect([wrong.status, wrong.text]).toEqual([422, expect.stringContaining('href="#until"')]);
    expect(wrong.text).toContain('href="#to"');
    expect((await lead.post('/away', { ...fields, to: 'ewo' })).status).toBe(422);
    const back = await lead.post('/away', { ...fields, until: '2026-10-05' });
    expect([back.status, back.text]).toEqual([422, expect.stringContaining('does not come before the first')]);
    expect(await inbox()).toEqual([]);

    expect((await lead.post('/away', fields)).status).toBe(303);
    expect((await lead.get('/inbox')).text).toContain('Grace Adeyemi, Designated safeguarding lead decides for you');
    expect((await lead.post('/away', { ...fields, to: 'head' })).text).toContain('End that first');
    const head = await desk.tokenOf('headteacher');
    const chain = await head.post('/api/v1/away', { ...fields, to: 'lead' }, randomUUID());
    expect([chain.status, chain.body.detail]).toEqual([422, expect.stringContaining('is away then as well')]);
  });

  it('has what waits for them before that colleague too, who decides it in their place: the record says by whom, for whom', async () => {
    const rows = await inbox();
    expect(rows.map(({ pupil, inPlaceOf }) => [pupil.name, inPlaceOf]).sort()).toEqual([
      ['ann Testing', { name: 'Priya Nair', role: 'sal' }],
      ['ben Testing', { name: 'Priya Nair', role: 'sal' }],
    ]);
    const page = (await dsl.get('/inbox')).text;
    expect(page).toContain('You decide for Priya Nair, Senior attendance lead, until Thursday 8 October 2026.');
    expect(page).toContain('For Priya Nair');
    const tagged = /For you\s*</;
    expect((await dsl.get(`/cases/${(await school.caseOf('ann')).id}`)).text).toMatch(tagged);
    expect((await (await desk.signedIn('headteacher')).get(`/cases/${(await school.caseOf('ann')).id}`)).text).not.toMatch(
      tagged,
    );
    const { at } = await letterOf('ann');
    expect((await dsl.get(at)).text).toContain('You decide for Priya Nair, Senior attendance lead, who is away');
    expect((await dsl.post(at, { choice: 'approve' })).status).toBe(303);

    const { id } = await school.caseOf('ann');
    const approved = await school.db.ledgerEvent.findFirstOrThrow({ where: { matterId: id, type: 'letters approved' } });
    expect([approved.byUser, approved.forUser, await firstBreak(school.db, id)]).toEqual(['dsl', 'lead', null]);
    expect((await dsl.get(`/cases/${id}`)).text).toContain(
      'by Grace Adeyemi, Designated safeguarding lead, for Priya Nair, Senior attendance lead',
    );
    const { body } = await machine.get(`/api/v1/cases/${id}/events`);
    expect(body.rows.findLast((one: { type: string }) => one.type === 'letters approved')).toMatchObject({
      ...{ by: { name: 'Grace Adeyemi' }, for: { name: 'Priya Nair' }, byUser: 'dsl', forUser: 'lead' },
    });
    await school.db.ledgerEvent.updateMany({ where: { matterId: id, seq: approved.seq }, data: { forUser: null } });
    expect(await firstBreak(school.db, id)).toMatchObject({ seq: approved.seq, why: 'its content is not what was written' });
    const letters = await school.lettersOf('ann');
    expect(letters.map(({ fields }) => (fields as { signatory: { name: string } }).signatory.name)).toEqual([
      'Grace Adeyemi',
      'Grace Adeyemi',
    ]);
  });

  it('may still decide, in their own name', async () => {
    const { at } = await letterOf('ben');
    expect((await lead.post(at, { choice: 'hold', until: '2026-10-07', holdReason: 'Back soon' })).status).toBe(303);
    const { id } = await school.caseOf('ben');
    const { byUser, forUser } = await school.db.ledgerEvent.findFirstOrThrow({ where: { matterId: id, type: 'decided' } });
    expect([byUser, forUser]).toEqual(['lead', null]);
    await todayIs('2026-10-07');
    await desk.decide({ kind: 'case', matterId: id, input: { key: 'day:2026-10-07', kind: 'day' } });
  });

  it('hands on nothing of a headteacher’s say on a penalty notice, nor of a letter that lost its ground', async () => {
    const row = await school.db.proposal.findFirstOrThrow({ where: { status: 'open' } });
    const asked = (key: string, action: { what: string; task?: string }) => ({
      ...{ ...row, id: `${row.matterId}:${key}`, key, role: 'headteacher', action: action.what },
      body: { ...(row.body as object), key, role: 'headteacher', action },
    });
    const asks = [
      asked('90-permission', { what: 'permission', task: 'penalty notice request' }),
      asked('91-permission', { what: 'permission', task: 'home visit' }),
      asked('92-letter', { what: 'letter in question' }),
    ];
    await school.db.proposal.createMany({ data: asks as never });
    const head = await desk.signedIn('headteacher');
    await head.post('/away', { do: 'name', to: 'dsl', from: '2026-10-07', until: '2026-10-07' });
    const keys = (await machine.get('/api/v1/proposals')).body.rows.map(({ key }: { key: string }) => key);
    expect(keys).toEqual(expect.arrayContaining(['91-permission', row.key]));
    for (const key of ['90-permission', '92-letter']) expect(keys).not.toContain(key);
    const at = `/api/v1/proposals/${row.matterId}`;
    expect((await machine.get(`${at}/90-permission`)).body.mine).toBe(false);
    expect((await machine.get(`${at}/91-permission`)).body.mine).toBe(true);
    await school.db.proposal.deleteMany({ where: { key: { in: ['90-permission', '91-permission', '92-letter'] } } });
  });

  it('has it back when the days are over, or when they say so', async () => {
    const { at, version } = await letterOf('ben');
    const decline = () =>
      machine.post(`/api/v1${at}/decision`, { version, decision: { choice: 'decline', text: 'x' } }, randomUUID());
    await todayIs('2026-10-09');
    expect(await inbox()).toEqual([]);
    expect([(await decline()).status, (await dsl.get(at)).text.includes('Your decision')]).toEqual([403, false]);
    await todayIs('2026-10-08');
    expect((await inbox()).length).toBe(1);
    const { id: matterId } = await school.caseOf('ben');
    // Named once, and at another school by now: nothing of this one is told there.
    const { authorityId, packId } = await school.db.school.findFirstOrThrow();
    const place = { address: [], phone: '', email: 'office@far.example', authorityId, packId };
    await school.db.school.create({ data: { id: 'far', name: 'Far', ...place } });
    const moved = { id: 'moved', name: 'Moved', email: 'moved@far.example', role: 'dsl', schoolId: 'far' };
    await school.db.user.create({ data: moved });
    const days = { fromDay: columnOf('2026-10-06'), untilDay: columnOf('2026-10-09') };
    const gone = { id: randomUUID(), schoolId: 'oakbridge', ofUser: 'lead', toUser: 'moved', ...days };
    await school.db.delegation.create({ data: gone });
    await desk.decide({ kind: 'case', matterId, input: { key: 'day:2026-10-08', kind: 'day' } });
    const reminded = await school.db.staffReminder.findMany({ orderBy: { userId: 'asc' } });
    expect(reminded.map(({ userId }) => userId)).toEqual(['dsl', 'lead']);
    await school.db.delegation.delete({ where: { id: gone.id } });
    const [{ id }] = (await (await desk.tokenOf('sal')).get('/api/v1/away')).body.named;
    expect((await dsl.post('/away', { do: 'end', id })).status).toBe(422);
    expect((await lead.post('/away', { do: 'end', id })).status).toBe(303);
    expect([await inbox(), (await decline()).status]).toEqual([[], 403]);
    expect(await school.db.delegation.count()).toBe(2);
  });
});
