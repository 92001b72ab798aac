import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { apiOf } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';

/** What a mail server that refuses, dawdles or puts off comes to for the case whose letters it gets. */
describe('a mail server that makes trouble', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;
  beforeAll(async () => {
    const absent = { '2026-09-10': 'O' };
    school = await aSchool({ today: '2026-09-21', pupils: { ada: absent, ben: absent, cas: { ...absent, '2026-09-11': 'O' } } });
    api = await apiOf(school);
  });
  afterAll(async () => {
    await api.stop();
    await school.end();
  });

  const statuses = async (pupil: string) => (await school.lettersOf(pupil)).map(({ status }) => status);

  it('that refuses every letter: the step is put back, the lead sees why, and is asked again the next school day', async () => {
    school.mail.behave('refuses');
    await school.decide('ada', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-09-22');
    expect(await statuses('ada')).toEqual(['refused', 'refused']);
    const { id } = await school.caseOf('ada');
    const [back] = await school.db.ledgerEvent.findMany({ where: { matterId: id, type: 'step put back' } });
    expect(back?.body).toMatchObject({ why: 'The letter reached nobody', askAgainOn: '2026-09-22' });
    const lead = await api.browser('sal');
    const { text } = await lead.get(`/cases/${id}`).expect(200);
    expect(text).toContain('Letter 1: refused by the mail server');
    expect(text).toMatch(/The letter reached nobody.*Asked again on Tuesday 22 September 2026, if it still stands/s);
    expect((await lead.get('/letters?status=refused').expect(200)).text).toContain('ada Testing');
    school.mail.behave('kind');
    expect(await school.proposals('ada')).toMatchObject([{ action: { template: 'letter-1' } }]);
    expect(school.familiesReached()).toEqual([]);
  });

  it('that is slow to say yes: each letter is sent, and once', async () => {
    school.mail.behave('slow');
    await school.decide('ben', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-10-06');
    expect(await statuses('ben')).toEqual(['sent', 'sent']);
    expect(school.familiesReached()).toEqual(['ben.1@families.example', 'ben.2@families.example']);
    expect(await school.db.letterAttempt.count({ where: { letter: { pupilId: (await school.caseOf('ben')).pupilId } } })).toBe(2);
    await until(async () => (await school.wrongs()).length === 0);
  });

  it('that hangs up after the letter: whoever runs the office is told in their inbox, in plain words, until somebody says', async () => {
    school.mail.behave('hangs up after the letter');
    await school.decide('cas', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-10-07');
    school.mail.behave('kind');
    expect(await statuses('cas')).toEqual(['unknown', 'unknown']);
    const lead = await api.browser('sal');
    const broke = 'Nobody knows whether it arrived: The connection to the mail server broke off before it answered';
    const { text } = await lead.get('/inbox').expect(200);
    expect(text.match(new RegExp(`cas Testing: Letter 1 to [^<]*${broke}`, 'g'))).toHaveLength(2);
    expect((await (await api.browser('class-teacher')).get('/inbox').expect(200)).text).not.toContain(
      'Did these letters arrive?',
    );
  });
});
