import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { submit } from '../../support/callers.ts';
import { emailOf } from '../../support/desk.ts';
import { aRunningApi } from '../../support/running-api.ts';
import { aSchool, until } from '../../support/school.ts';

/** Mail that a server took may still come back, and so may the post: a person hears of it, and says so. */
describe('a letter that came back', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof aRunningApi>>;
  const days = { '2026-09-08': 'O', '2026-09-09': 'O' };

  beforeAll(async () => {
    school = await aSchool({ today: '2026-10-06', pupils: { ada: days } });
    api = await aRunningApi(school);
    await school.decide('ada', 'letter-1', { choice: 'approve' });
    await until(async () => (await school.lettersOf('ada')).every(({ pdf }) => pdf !== null));
  });
  afterAll(async () => {
    await api?.stop();
    await school?.end();
  });

  const outcomes = async () => {
    const { id: matterId } = await school.caseOf('ada');
    const events = await school.db.ledgerEvent.findMany({ where: { matterId, type: 'letter outcome' }, orderBy: { seq: 'asc' } });
    return events.map(({ body }) => (body as { outcome: string }).outcome);
  };

  it('cannot before it has gone', async () => {
    const office = await api.as('attendance-officer');
    const [letter] = await school.lettersOf('ada');
    const said = { do: 'came back', reason: 'Mailbox unknown' };
    const { status, body } = await office.post(`/api/v1/letters/${letter?.id}/action`, said, randomUUID());
    expect([status, body.detail]).toEqual([409, expect.stringContaining('has gone')]);
  });

  it('is told to its case, by a machine and on the page, once each; with none delivered the letter is asked about again', async () => {
    await school.release('ada');
    await until(async () => (await outcomes()).length === 2);
    const [one, two] = (await school.lettersOf('ada')).map(({ id }) => id);
    const office = await api.as('attendance-officer');
    const said = { do: 'came back', reason: '5.1.1 Mailbox unknown' };
    const first = await office.post(`/api/v1/letters/${one}/action`, said, randomUUID());
    expect([first.status, first.body.status, first.body.says]).toEqual([200, 'bounced', 'Came back: 5.1.1 Mailbox unknown']);
    expect((await office.post(`/api/v1/letters/${one}/action`, said, randomUUID())).status).toBe(409);
    const person = await api.browserOf(emailOf('attendance-officer'));
    expect((await submit(person, `/letters/${two}`, { do: 'came back', reason: '' })).text).toContain('href="#reason"');
    expect((await submit(person, `/letters/${two}`, { do: 'came back', reason: 'Mailbox full' })).status).toBe(303);
    expect((await person.get(`/letters/${two}`)).text).toContain('Came back: Mailbox full');
    await until(async () => (await outcomes()).length === 4);
    expect((await outcomes()).slice(2)).toEqual(['bounced', 'bounced']);
    const { id: matterId } = await school.caseOf('ada');
    expect(await school.db.ledgerEvent.count({ where: { matterId, type: 'step put back' } })).toBe(1);
    const { rows } = (await office.get(`/api/v1/cases/${matterId}/events`)).body;
    const ended = (rows as { type: string; by: object; words: string }[]).filter(({ type }) => type === 'letter outcome');
    expect(ended.map(({ by, words }) => [by, words])).toEqual([
      ...[0, 1].map(() => [null, null]),
      ...['5.1.1 Mailbox unknown', 'Mailbox full'].map((words) => [
        expect.objectContaining({ role: 'attendance-officer' }),
        words,
      ]),
    ]);
    expect((await person.get(`/cases/${matterId}`)).text).toMatch(/came back.*Attendance officer.*5\.1\.1 Mailbox unknown/s);
  });

  it('stands first in the inbox of the office until the address is mended', async () => {
    const person = await api.browserOf(emailOf('attendance-officer'));
    const inbox = async () => (await person.get('/inbox')).text;
    expect((await inbox()).match(/Came back: /g)).toHaveLength(2);
    const [letter] = await school.lettersOf('ada');
    await school.db.contact.update({ where: { id: letter?.contactId ?? '' }, data: { email: 'new@families.example' } });
    expect((await inbox()).match(/Came back: /g)).toHaveLength(1);
    const office = await api.as('attendance-officer');
    expect((await office.get('/api/v1/letters/undelivered')).body.rows).toMatchObject([{ status: 'bounced' }]);
  });
});
