import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { letterWorkflowId } from '../../workflows/letter-messages.ts';
import { readable } from '../support/readable.ts';
import { aSchool, until } from '../support/school.ts';

const textId = '00000000-0000-4000-8000-000000000002';
const absent = { '2026-09-10': 'O' };

describe('a letter on its way, on the real engine', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { pip: absent, quin: absent, ray: absent, sam: absent } });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  });
  afterAll(() => school.end());

  const statuses = async (pupil: string) => (await school.lettersOf(pupil)).map(({ status }) => status).sort();
  const heard = async (pupil: string) => {
    const { id } = await school.caseOf(pupil);
    const inputs = await school.db.matterInput.findMany({ where: { matterId: id, key: { startsWith: 'letter:' } } });
    return inputs.map(({ key }) => key.split(':')[2]).sort();
  };
  /** How each letter ended by the case's ledger, and who said so. */
  const onRecord = async (pupil: string) => {
    const { id: matterId } = await school.caseOf(pupil);
    const events = await school.db.ledgerEvent.findMany({ where: { matterId, type: 'letter outcome' }, orderBy: { seq: 'asc' } });
    return events.map(({ body, byUser }) => [(body as { outcome: string }).outcome, byUser]);
  };
  /** Mail to families: reminders to staff come in beside it. */
  const mails = () => school.familiesReached().length;
  const ids = async (pupil: string) => (await school.lettersOf(pupil)).map(({ id }) => id);

  it('waits in the print queue for a parent without e-mail, until a person has posted it', async () => {
    const { pupilId } = await school.caseOf('pip');
    await school.db.contact.updateMany({ where: { pupils: { some: { pupilId } } }, data: { email: null } });
    await school.decide('pip', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-09-22');
    expect(await statuses('pip')).toEqual(['to-print', 'to-print']);
    const [letterId = ''] = await ids('pip');
    const early = school.matters.settleLetter({ letterId, how: 'sent', by: 'officer' });
    await expect(early).rejects.toThrow(/no longer waiting for that/);
    const posted = { how: 'posted', by: 'officer', role: 'attendance-officer' } as const;
    for (const id of await ids('pip')) await school.matters.settleLetter({ letterId: id, ...posted });
    expect(await statuses('pip')).toEqual(['posted', 'posted']);
    await until(async () => (await heard('pip')).length === 4);
    expect(await heard('pip')).toEqual(['posted', 'posted', 'to-print', 'to-print']);
    expect(await onRecord('pip')).toEqual([
      ['to-print', null],
      ['to-print', null],
      ['posted', 'officer'],
      ['posted', 'officer'],
    ]);
  });

  it('is unknown when the server hangs up, and ends as a person finds out', async () => {
    school.mail.behave('hangs up after the letter');
    await school.decide('quin', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-09-23');
    school.mail.behave('kind');
    expect(await statuses('quin')).toEqual(['unknown', 'unknown']);
    const tried = mails();
    const [one = '', two = ''] = await ids('quin');
    await school.matters.settleLetter({ letterId: one, how: 'sent', by: 'lead', role: 'sal' });
    await school.matters.settleLetter({ letterId: two, how: 'refused', by: 'lead', role: 'sal' });
    expect(await statuses('quin')).toEqual(['refused', 'sent']);
    await until(async () => (await heard('quin')).length === 4);
    expect(await heard('quin')).toEqual(['refused', 'sent', 'unknown', 'unknown']);
    expect((await onRecord('quin')).sort()).toEqual([
      ['refused', 'lead'],
      ['sent', 'lead'],
      ['unknown', null],
      ['unknown', null],
    ]);
    expect(mails()).toBe(tried);
  });

  it('cannot be called back once it has left, and says so', async () => {
    const [letterId = ''] = await ids('pip');
    const late = school.matters.recallLetter({ letterId, by: 'lead', role: 'sal', textId });
    await expect(late).rejects.toThrow(/cannot be called back/);
  });

  it('is sent once although the worker stopped and came back while it waited', async () => {
    await school.decide('ray', 'letter-1', { choice: 'approve' });
    await school.stopWorker();
    await school.startWorker();
    const before = mails();
    await school.stepTo('2026-09-24');
    expect(await statuses('ray')).toEqual(['sent', 'sent']);
    expect(mails()).toBe(before + 2);
  });

  it('goes by itself when its window ends', async () => {
    await school.db.school.updateMany({ data: { recallMinutes: 0 } });
    await school.decide('sam', 'letter-1', { choice: 'approve' });
    await until(async () => (await statuses('sam')).every((status) => status === 'sent'));
    await until(async () => (await heard('sam')).length === 2);
    expect(await heard('sam')).toEqual(['sent', 'sent']);
  });

  it('ends its workflow, and shows neither name nor address there', async () => {
    for (const id of await ids('ray')) {
      const handle = school.engine.client.workflow.getHandle(letterWorkflowId(id));
      expect(await handle.result()).toBe('sent');
      const text = await readable([{ workflowId: letterWorkflowId(id), history: await handle.fetchHistory() }]);
      expect(text).toMatch(new RegExp(`"letterId":"${id}"`));
      expect(text).not.toMatch(/Testing|Parent [12]|families\.example|Kiln Row/);
    }
  });
});
