import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { movedUnder } from '../../activities/letters/write-anew.ts';
import { trainingSchool } from '../../policy/training/staff.ts';
import { letterById } from '../../prisma/letters.ts';
import { apiOf } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';
import { workerOf } from '../support/worker-of.ts';

/** `firstbell worker` is killed with SIGKILL between a letter's approval and its end, and another is started. */
describe('the worker is killed and another takes over', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;
  let worker: Awaited<ReturnType<typeof workerOf>>;

  beforeAll(async () => {
    const pupils = {
      ada: { '2026-09-10': 'O' },
      ben: { '2026-09-10': 'O' },
      cas: { '2026-09-10': 'O' },
      dee: { '2026-09-10': 'O' },
    };
    school = await aSchool({ today: '2026-09-21', pupils, workerless: true });
    [api, worker] = await Promise.all([apiOf(school), workerOf(school)]);
  });
  afterAll(async () => {
    await Promise.all([worker.stop(), api.stop()]);
    await school.end();
  });

  const statuses = async (pupil: string) => (await school.lettersOf(pupil)).map(({ status }) => status);
  const allAre = async (pupil: string, status: string) => (await statuses(pupil)).join() === `${status},${status}`;
  const mailsTo = (pupil: string) => school.mail.received.filter(({ to }) => to.startsWith(pupil)).map(({ to }) => to);
  const both = (pupil: string) => [1, 2].map((n) => `${pupil}.${n}@families.example`);

  it('one while two letters wait in their recall window, two are held without ground, and two are in the middle of being sent', async () => {
    await school.decide('ada', 'letter-1', { choice: 'approve' });
    await until(async () => (await school.lettersOf('ada')).every(({ pdf }) => pdf !== null));
    await school.decide('dee', 'letter-1', { choice: 'approve' });
    await school.correct('dee', '2026-09-10', { AM: '/', PM: '\\' });
    await until(() => allAre('dee', 'questioned'));
    await school.release('dee');
    school.mail.behave('is silent after the letter');
    await school.db.school.update({ where: { id: trainingSchool.id }, data: { recallMinutes: 0 } });
    await school.decide('ben', 'letter-1', { choice: 'approve' });
    await until(async () => mailsTo('ben').length === 2);
    await worker.kill();
    school.mail.behave('kind');
    expect([await statuses('ada'), await statuses('ben')]).toEqual([
      ['waiting', 'waiting'],
      ['sending', 'sending'],
    ]);
  });

  it('what waited goes once when its time comes', async () => {
    worker = await workerOf(school);
    await school.release('ada');
    await until(() => allAre('ada', 'sent'));
    expect(mailsTo('ada').sort()).toEqual(both('ada'));
  });

  it('what was held is still held, and goes once when a person has said so', async () => {
    expect(mailsTo('dee')).toEqual([]);
    const answered = (await school.lettersOf('dee')).map(async ({ id }) => {
      const textId = randomUUID();
      await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'They know' } } });
      const moved = await movedUnder(school.db, await letterById(school.db, id), Date.now());
      const seen = moved?.seen ?? '';
      return school.matters.settleLetter({ letterId: id, how: 'send', by: 'lead', role: 'sal', textId, seen });
    });
    await Promise.all(answered);
    await until(() => allAre('dee', 'sent'));
    expect(mailsTo('dee').sort()).toEqual(both('dee'));
  });

  it('the case goes on: the next decision is taken, and its letters go', async () => {
    const approve = await api.approval('cas');
    await until(async () => (await approve()).status === 200);
    await until(() => allAre('cas', 'sent'));
    expect(mailsTo('cas').sort()).toEqual(both('cas'));
  });

  it('what was cut off in the middle is unknown: nobody sends again, and a person says what became of it', async () => {
    // The engine learns of the death when no heartbeat has come for half a minute.
    await until(() => allAre('ben', 'unknown'));
    expect(mailsTo('ben').sort()).toEqual(both('ben'));
    const [one, two] = await school.lettersOf('ben');
    await school.matters.settleLetter({ letterId: one?.id ?? '', how: 'sent', by: 'lead' });
    await school.matters.settleLetter({ letterId: two?.id ?? '', how: 'refused', by: 'lead' });
    expect((await statuses('ben')).sort()).toEqual(['refused', 'sent']);
    expect(mailsTo('ben')).toHaveLength(2);
    const attempts = await school.db.letterAttempt.findMany({ where: { letterId: { in: [one?.id ?? '', two?.id ?? ''] } } });
    expect(attempts).toHaveLength(2);
    await until(async () => (await school.wrongs()).length === 0);
  });
});
