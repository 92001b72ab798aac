import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mattersThrough } from '../../api/engine/matters.ts';
import { staff } from '../../policy/training/staff.ts';
import { caseWorkflowId, type MatterInput, taskQueue, tell } from '../../workflows/messages.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';

const callers = 4;
const rounds = 4;

/** A case that continues as a new run every few events, while people, the register and letters speak to it all at once. */
describe('messages that arrive while a case continues as a new run', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let matterId: string;
  let workflowId: string;
  const textId = randomUUID();
  const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;

  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { ada: { '2026-09-10': 'O' } }, workerless: true });
    await school.db.writtenText.create({ data: { id: textId, byUser: by.id, body: { text: 'Spoke to the family' } } });
    const { id, pupilId } = await school.caseOf('ada');
    matterId = id;
    workflowId = caseWorkflowId(pupilId);
    const inbox = [{ input: { key: 'opened', kind: 'opened' } as const }];
    // As the outbox would start it, but for the short runs.
    await school.engine.client.workflow.start('attendanceCase', {
      workflowId,
      taskQueue,
      memo: { matterId },
      args: [{ matterId, inbox, waiting: null, eventsARun: 10 }],
    });
    await school.startWorker();
  });
  afterAll(() => school.end());

  const sent: string[] = ['opened'];
  const named = <I extends MatterInput>(input: I): I => {
    sent.push(input.key);
    return input;
  };

  /** One caller: a decision, news of the register through the outbox, and news straight from a signal, over and over. */
  async function speak(caller: number): Promise<number> {
    const matters = mattersThrough({ ...school.engine, db: school.db, patience: 40_000 });
    let answered = 0;
    for (let round = 0; round < rounds; round++) {
      const key = (what: string) => `${what}:${caller}:${round}`;
      const input = named({ key: key('register'), kind: 'register changed' });
      const row = { schoolId: (await school.caseOf('ada')).schoolId, matterId, matterKind: 'case', kind: 'tell', input };
      await school.db.outbox.create({ data: row });
      const day = named({ key: key('day'), kind: 'day' });
      await school.engine.client.workflow.getHandle(workflowId).signal(tell, { matterId, input: day });
      const note = named({ key: key('note'), kind: 'note', by, textId });
      const { refused } = await matters.decide({ kind: 'case', matterId, input: note });
      if (!refused) answered++;
    }
    return answered;
  }

  it('are all taken, none twice, and every decision is answered', async () => {
    const approving = school.decide('ada', 'letter-1', { choice: 'approve' }, { key: 'approved' });
    const answered = await Promise.all([...Array.from({ length: callers }, (_, n) => speak(n)), approving.then(() => rounds)]);
    expect(answered).toEqual(Array.from({ length: callers + 1 }, () => rounds));
    sent.push('approved');
    await until(async () => (await school.lettersOf('ada')).length === 2);
    await school.release('ada');
    await until(async () => (await school.lettersOf('ada')).every(({ status }) => status === 'sent'));
    sent.push(...(await school.lettersOf('ada')).map(({ id }) => `letter:${id}:sent`));
    const taken = async () => (await school.db.matterInput.findMany({ where: { matterId } })).map(({ key }) => key).sort();
    await until(async () => (await taken()).length >= sent.length);
    expect(await taken()).toEqual(sent.sort());
    const notes = await school.db.ledgerEvent.groupBy({ by: ['inputKey'], where: { matterId, type: 'noted' }, _count: true });
    expect(notes.map(({ _count }) => _count)).toEqual(Array.from({ length: callers * rounds }, () => 1));
    expect(await school.db.ledgerEvent.count({ where: { matterId, type: 'letters approved' } })).toBe(1);
    expect(await school.wrongs()).toEqual([]);
  });

  it('while it did continue, again and again', async () => {
    let runs = 0;
    for await (const _ of school.engine.client.workflow.list({ query: `WorkflowId = '${workflowId}'` })) runs++;
    expect(runs).toBeGreaterThan(2);
  });
});
