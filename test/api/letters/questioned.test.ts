import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { columnOf } from '../../../prisma/day-column.ts';
import { submit } from '../../support/callers.ts';
import { emailOf } from '../../support/desk.ts';
import { aRunningApi } from '../../support/running-api.ts';
import { aSchool, until } from '../../support/school.ts';

/** What waits and has lost its ground is asked about: in the inbox, on the letter, and through the API. */
describe('a letter whose ground has gone, on the pages', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof aRunningApi>>;
  let one: string;
  let two: string;

  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { ada: { '2026-09-10': 'O' } } });
    api = await aRunningApi(school);
    await school.decide('ada', 'letter-1', { choice: 'approve' });
    await until(async () => (await school.lettersOf('ada')).every(({ pdf }) => pdf !== null));
    [one = '', two = ''] = (await school.lettersOf('ada')).map(({ id }) => id);
  });
  afterAll(async () => {
    await api?.stop();
    await school?.end();
  });

  const act = (by: Awaited<ReturnType<typeof api.as>>, id: string, body: object) =>
    by.post(`/api/v1/letters/${id}/action`, body, randomUUID());

  it('cannot be answered before it is asked about', async () => {
    const { status, body } = await act(await api.as('sal'), one, { do: 'send', reason: 'They know' });
    expect([status, body.detail]).toEqual([409, 'The letter is no longer waiting for that']);
  });

  it('stands in the inbox of the lead, with the way to it', async () => {
    await school.correct('ada', '2026-09-10', { AM: '/', PM: '\\' });
    await until(async () =>
      (await school.lettersOf('ada')).every(({ statusWhy }) => statusWhy?.startsWith('Attendance is now 100.0%')),
    );
    const lead = await api.browserOf(emailOf('sal'));
    expect((await lead.get('/inbox')).text).toContain('Say whether it still goes: Letter 1');
    const { id } = await school.caseOf('ada');
    const asked = (await school.proposals('ada')).filter(({ action }) => action.what === 'letter in question');
    expect(asked).toHaveLength(2);
    for (const { key } of asked)
      expect((await lead.get(`/proposals/${id}/${key}`)).text).toMatch(new RegExp(`/letters/(${one}|${two})`));
    expect((await lead.get('/letters?status=questioned')).text).toContain('Held until a person says whether it goes');
  });

  it('goes only by the word of those who lead, with a reason, and is stopped by the office', async () => {
    const office = await api.as('attendance-officer');
    const refused = await act(office, one, { do: 'send', reason: 'They know' });
    expect([refused.status, refused.body.detail]).toEqual([
      403,
      expect.stringContaining('senior attendance lead or the headteacher'),
    ]);
    const person = await api.browserOf(emailOf('attendance-officer'));
    const page = (await person.get(`/letters/${two}`)).text;
    expect(page).toContain('Does it still go?');
    expect(page).not.toContain('Send it all the same');
    const stopped = await act(office, two, { do: 'do not send', reason: 'The doctor has written' });
    expect([stopped.status, stopped.body.says]).toEqual([200, 'Stopped: The doctor has written']);

    const lead = await api.browserOf(emailOf('sal'));
    expect((await submit(lead, `/letters/${one}`, { do: 'send', sendReason: '' })).text).toContain('href="#sendReason"');
    const page2 = (await lead.get(`/letters/${one}`)).text;
    expect(page2).toContain('Approve it again: it is written anew with the figures as they are now');
    const { moved } = (await (await api.as('sal')).get(`/api/v1/letters/${one}`)).body;
    expect(moved).toEqual({
      said: { attended: 26, possible: 28, authorised: 0, unauthorised: 2 },
      is: { attended: 28, possible: 28, authorised: 0, unauthorised: 0 },
      seen: '28-28-0-0',
    });
    expect(page2).toContain('name="seen" value="28-28-0-0"');
    const send = (seen: string) =>
      submit(lead, `/letters/${one}`, { do: 'send', sendReason: 'We agreed on it with the family', seen });
    expect((await send('27-28-0-1')).text).toContain('The figures of the letter have changed since you looked');
    expect((await send(moved.seen)).status).toBe(303);
    expect((await lead.get(`/letters/${one}`)).text).toContain('Waits until');
    await school.release('ada');
    await until(
      async () =>
        (await school.lettersOf('ada'))
          .map(({ status }) => status)
          .sort()
          .join() === 'sent,stopped',
    );
    const { id } = await school.caseOf('ada');
    await until(async () =>
      (await lead.get(`/cases/${id}`)).text.includes('goes, written anew with the figures of the register now'),
    );
    expect((await lead.get(`/cases/${id}`)).text).toContain('We agreed on it with the family');
    expect((await lead.get('/inbox')).text).not.toContain('Say whether it still goes');
  });

  it('once it has gone, its page and its case say that the data has changed since', async () => {
    const { id } = await school.caseOf('ada');
    const lead = await api.browserOf(emailOf('sal'));
    expect((await lead.get(`/letters/${one}`)).text).not.toContain('The data has changed since');
    await school.correct('ada', '2026-09-10', { AM: 'L', PM: 'O' });
    const said = 'The data has changed since: it said 28 of 28 sessions, the register now says 27 of 28 sessions';
    await until(async () => (await lead.get(`/letters/${one}`)).text.includes(said));
    const page = await lead.get(`/letters/${one}`);
    expect(page.text).toContain(said);
    expect(page.text).toContain('A correction to the family waits');
    expect((await lead.get(`/cases/${id}`)).text).toContain(said);
    expect((await (await api.as('sal')).get(`/api/v1/letters/${one}`)).body).toMatchObject({ changed: said });
  });
});

describe('a held letter that tells of what comes next, of a case that is closed', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof aRunningApi>>;
  beforeAll(async () => {
    const days = ['2026-09-08', '2026-09-15', '2026-09-22', '2026-09-29', '2026-10-06'];
    school = await aSchool({ today: '2026-09-21', pupils: { una: Object.fromEntries(days.map((day) => [day, 'O'])) } });
    api = await aRunningApi(school);
  }, 60_000);
  afterAll(async () => {
    await api?.stop();
    await school?.end();
  });

  it('can only be stopped: nobody monitors a child who has left', async () => {
    await school.decide('una', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-10-06');
    await school.decide('una', 'letter-2', { choice: 'approve' });
    await school.db.pupil.update({ where: { id: school.idOf('una') }, data: { onRollTo: columnOf('2026-10-05') } });
    const { id: matterId } = await school.caseOf('una');
    await school.matters.decide({ kind: 'case', matterId, input: { key: 'left', kind: 'register changed' } });
    const held = () => school.db.letter.findFirstOrThrow({ where: { template: 'letter-2', status: 'questioned' } });
    const { id } = await held();
    const only = 'The case is closed, and nobody does what the letter tells of: it can only be stopped';
    const lead = await api.as('sal');
    const sent = await lead.post(`/api/v1/letters/${id}/action`, { do: 'send', reason: 'They asked for it' }, randomUUID());
    expect([sent.status, sent.body.detail]).toEqual([422, only]);
    const { text: page } = await (await api.browserOf(emailOf('sal'))).get(`/letters/${id}`);
    expect(page).toContain(only);
    expect(page).not.toContain('value="send"');
    const stopped = await lead.post(`/api/v1/letters/${id}/action`, { do: 'do not send', reason: 'They left' }, randomUUID());
    expect([stopped.status, stopped.body.says]).toEqual([200, 'Stopped: They left']);
  }, 60_000);
});
