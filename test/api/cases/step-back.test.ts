import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { firstBreak } from '../../../prisma/ledger.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';

const absent = Object.fromEntries(['2026-09-08', '2026-09-15'].map((day) => [day, 'O']));
let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
let at: string;

beforeAll(async () => {
  school = await aSchool({ today: '2026-10-06', pupils: { ann: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
  at = `/cases/${(await school.caseOf('ann')).id}`;
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const shown = async () => (await lead.get(at)).text;
const putBack = { do: 'step back', to: 'concern', backText: 'We have not spoken to them yet' };

it('of a pupil who joined late or left is told by the days on roll alone, on its page and in its files', async () => {
  const id = school.idOf('ann');
  const { onRollFrom } = await school.db.pupil.findUniqueOrThrow({ where: { id } });
  const roll = { onRollFrom: columnOf('2026-09-10'), onRollTo: columnOf('2026-09-18') };
  await school.db.pupil.update({ where: { id }, data: roll });
  for (const file of [`${at}/attendance.csv`, `/register/${id}/attendance.csv`])
    expect((await lead.get(file)).text).toMatch(/Attendance\s+2026-09-18,12,14,85\.7%\s/);
  const { text: byDay } = await lead.get(`/register/${id}/weekdays.csv`);
  expect(byDay).toMatch(/Monday,2,0,0\s+Tuesday,2,0,2\s+Wednesday,2,0,0\s+Thursday,4,0,0\s+Friday,4,0,0/);
  expect(await shown()).toContain('12 of 14 sessions (85.7%), counted up to 18 Sep 2026, afternoon');
  await school.db.pupil.update({ where: { id }, data: { onRollFrom, onRollTo: null } });
});

it('tells a class teacher what follows from a court order, not what it says, by page and by API', async () => {
  const id = school.idOf('ann');
  const ended = { restriction: 'An order of 2025', restrictionUntil: columnOf('2026-01-31') };
  await school.db.pupilContact.updateMany({ where: { pupilId: id, relationship: 'Father' }, data: ended });
  const said = async (role: 'sal' | 'class-teacher') => {
    const { body } = await (await desk.tokenOf(role)).get(`/api/v1/register/pupils/${id}`);
    const { text } = await (await desk.signedIn(role)).get(`/register/${id}`);
    return [JSON.stringify(body), text].map((told) => told.includes('An order of 2025'));
  };
  expect([await said('sal'), await said('class-teacher')]).toEqual([
    [true, true],
    [false, false],
  ]);
  const none = { restriction: null, restrictionUntil: null };
  await school.db.pupilContact.updateMany({ where: { pupilId: id, relationship: 'Father' }, data: none });
});

it('a case whose letter waits asks about that first, on its page and by its rules', async () => {
  expect(await shown()).toMatch(/<option value="concern">Concern<\/option>/);
  const { id: matterId } = await school.caseOf('ann');
  const [found] = await school.proposals('ann');
  const by = { id: 'lead', role: 'sal' } as const;
  const decision = { choice: 'approve' } as const;
  const approved = {
    key: 'yes',
    kind: 'decision',
    by,
    proposal: found?.key ?? '',
    version: found?.version ?? 0,
    decision,
  } as const;
  await desk.decide({ kind: 'case', matterId, input: approved });
  const [letter] = await school.lettersOf('ann');
  const page = await shown();
  expect(page).not.toContain('value="step back"');
  expect(page).toContain(`href="/letters/${letter?.id}">Letter 1 to Parent`);
  const machine = await desk.tokenOf('sal');
  const reply = await machine.post(`/api/v1${at}/action`, { do: 'step back', to: 'concern', text: 'x' }, randomUUID());
  expect([reply.status, reply.body.detail]).toEqual([422, expect.stringContaining('waits to leave: call it back')]);
  for (const { id: letterId } of await school.lettersOf('ann'))
    await desk.decide({
      ...{ kind: 'case', matterId },
      input: { key: letterId, kind: 'letter outcome', letterId, outcome: 'recalled' },
    });
});

it('is put back by a person who leads, with a reason that the ledger keeps', async () => {
  const reasonless = await lead.post(at, { ...putBack, backText: '', to: '' });
  expect([reasonless.status, reasonless.text]).toEqual([422, expect.stringContaining('href="#to"')]);
  expect(reasonless.text).toContain('href="#backText"');
  const teacher = await desk.signedIn('class-teacher');
  expect((await teacher.get(at)).text).not.toContain('value="step back"');
  expect((await teacher.post(at, putBack)).text).toContain('is for the senior attendance lead or the headteacher');

  expect((await lead.post(at, putBack)).status).toBe(303);
  const { id, stage } = await school.caseOf('ann');
  expect(stage).toBe('concern');
  expect((await school.proposals('ann')).map(({ action }) => action.what)).toEqual(['call']);
  const page = await shown();
  expect(page).toMatch(/Put back to an earlier stage: concern<\/h3> <p class="moj-timeline__byline">by Priya Nair/);
  expect(page).toContain('We have not spoken to them yet');
  expect(page).toContain('It stays here until Tuesday 20 October 2026');
  expect(await firstBreak(school.db, id)).toBeNull();
  const machine = await desk.tokenOf('sal');
  expect((await machine.get(`/api/v1${at}`)).body).toMatchObject({ stage: 'concern', earlierStages: ['watched'] });
});

it('is closed, and opened again by a person who leads: by its page, and by machines once a key', async () => {
  const { id } = await school.caseOf('ann');
  const machine = await desk.tokenOf('sal');
  expect(await shown()).not.toContain('Open the case again');
  expect((await lead.post(at, { do: 'close', closeText: 'They move away' })).status).toBe(303);
  expect((await machine.get(`/api/v1${at}`)).body).toMatchObject({
    ...{ status: 'closed', closedOn: '2026-10-06', earlierStages: [], stagesToReopen: ['concern', 'watched'] },
  });
  const teacher = await desk.signedIn('class-teacher');
  expect((await teacher.get(at)).text).not.toContain('Open the case again');
  const form = { do: 'reopen', stage: 'concern', reopenText: '' };
  expect(await lead.post(at, form)).toMatchObject({ status: 422, text: expect.stringContaining('href="#reopenText"') });
  const teachers = await desk.tokenOf('class-teacher');
  const refused = await teachers.post(`/api/v1${at}/action`, { do: 'reopen', text: 'x' }, randomUUID());
  expect([refused.status, refused.body.detail]).toEqual([403, expect.stringContaining('is for the senior attendance lead')]);

  expect((await lead.post(at, { ...form, reopenText: 'They stay after all' })).status).toBe(303);
  expect(await school.caseOf('ann')).toMatchObject({ id, status: 'open', stage: 'concern', closedOn: null });
  expect(await shown()).toMatch(/The case was opened again<\/h3> <p class="moj-timeline__byline">by Priya Nair/);
  expect(await shown()).toContain('They stay after all');
  expect(await firstBreak(school.db, id)).toBeNull();
  const words = { where: { matterId: id, kind: 'tell', deliveredAt: null } };
  expect(await school.db.outbox.findMany(words)).toMatchObject([{ input: { kind: 'reopen', stage: 'concern' } }]);

  const act = (body: object, key: string) => machine.post(`/api/v1${at}/action`, body, key);
  const asked = { do: 'reopen', text: 'A mistake' };
  expect(await act(asked, randomUUID())).toMatchObject({ status: 409, body: { detail: 'This case is open: look at it again' } });
  expect((await act({ do: 'close', text: 'x' }, randomUUID())).status).toBe(200);
  const key = randomUUID();
  const first = await act(asked, key);
  expect(first).toMatchObject({ status: 200, body: { stage: 'concern', closed: false } });
  expect((await act(asked, key)).body).toEqual(first.body);
  expect(await school.db.ledgerEvent.count({ where: { matterId: id, type: 'case reopened' } })).toBe(2);
  const elsewhere = await act({ ...asked, stage: 'meeting' }, randomUUID());
  expect([elsewhere.status, elsewhere.type]).toEqual([409, 'application/problem+json']);
});

it('is not opened again once the pupil has had another case', async () => {
  const machine = await desk.tokenOf('sal');
  const first = await school.caseOf('ann');
  expect((await machine.post(`/api/v1${at}/action`, { do: 'close', text: 'x' }, randomUUID())).status).toBe(200);
  school.pupils.ann = {};
  await school.feed(['2026-09-08', '2026-09-15'], '2026-10-06');
  school.pupils.ann = absent;
  expect(await school.feed(['2026-09-08', '2026-09-15'], '2026-10-06')).toMatchObject({ casesOpened: 1 });
  expect((await machine.get(`/api/v1/cases/${first.id}`)).body).toMatchObject({ stagesToReopen: [] });
  const asked = { do: 'reopen', text: 'x' };
  const reply = await machine.post(`/api/v1/cases/${first.id}/action`, asked, randomUUID());
  expect([reply.status, reply.body.detail]).toEqual([422, expect.stringContaining('The pupil has had another case since')]);
});
