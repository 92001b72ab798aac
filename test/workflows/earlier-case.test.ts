import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reopenCase } from '../../activities/matter/reopen-case.ts';
import { caseWorkflowId, standing, tell } from '../../workflows/messages.ts';
import { replay } from '../support/replay.ts';
import { aSchool, until } from '../support/school.ts';

const textId = randomUUID();

/** A closed case has no workflow: opened again, it has one that goes on where the ledger says. */
it('a closed case that is opened again runs again, and its ledger and its workflow believe the same', async () => {
  const school = await aSchool({ today: '2026-09-21', pupils: { ivy: { '2026-09-10': 'O' } } });
  try {
    const { id, pupilId } = await school.caseOf('ivy');
    const by = { id: 'lead', role: 'sal' } as const;
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'A mistake' } } });
    await school.matters.decide({ kind: 'case', matterId: id, input: { key: 'close', kind: 'close', by, textId } });
    const input = { key: 'reopen', kind: 'reopen', by, textId } as const;
    await reopenCase({ ...school.importing, now: Date.now(), lockWaitMs: 5_000 }, { matterId: id, input });
    const workflow = school.engine.client.workflow.getHandle(caseWorkflowId(pupilId));
    await until(async () => (await workflow.query(standing).catch(() => null))?.closed === false);
    await school.decide('ivy', 'letter-1', { choice: 'approve' });
    expect(await school.lettersOf('ivy')).toHaveLength(2);
    expect(await school.wrongs()).toEqual([]);
    expect(await replay([{ workflowId: workflow.workflowId, history: await workflow.fetchHistory() }])).toEqual([]);
  } finally {
    await school.end();
  }
});

it('the next case of a pupil knows which letters the family has had, and its second letter says when the first one went', async () => {
  const school = await aSchool({ today: '2026-09-16', pupils: { eve: { '2026-09-08': 'O', '2026-09-15': 'O' } } });
  try {
    const first = await school.caseOf('eve');
    await school.decide('eve', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-09-17');
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'They have moved' } } });
    const by = { id: 'lead', role: 'sal' } as const;
    await school.matters.decide({ kind: 'case', matterId: first.id, input: { key: 'close', kind: 'close', by, textId } });
    for (const day of ['2026-09-25', '2026-10-01', '2026-10-02']) (school.pupils.eve as Record<string, string>)[day] = 'O';
    await school.stepTo('2026-10-02');
    const next = await school.caseOf('eve');
    expect(next.id).not.toBe(first.id);
    expect((await school.proposals('eve')).map(({ action }) => action.template ?? action.what)).toContain('letter-2');
    await school.decide('eve', 'letter-2', { choice: 'approve' });
    const letters = await school.db.letter.findMany({ where: { caseId: next.id } });
    expect(letters.map(({ template }) => template)).toEqual(['letter-2', 'letter-2']);
    for (const { fields } of letters) expect(fields).toMatchObject({ firstLetterOn: '2026-09-16' });
    expect(await school.wrongs()).toEqual([]);
  } finally {
    await school.end();
  }
});

describe("news of a pupil's earlier case, when the next one runs under the same workflow id", () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: { '2026-09-10': 'O' } } });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'A mistake in the register' } } });
  });
  afterAll(() => school.end());

  it('is told to the earlier case, and the running one goes on as it was', async () => {
    const earlier = await school.caseOf('una');
    const by = { id: 'lead', role: 'sal' } as const;
    const close = { key: 'change:close', kind: 'close', by, textId } as const;
    await school.matters.decide({ kind: 'case', matterId: earlier.id, input: close });
    school.pupils.una = {};
    await school.feed(['2026-09-10'], '2026-09-21');
    school.pupils.una = { '2026-09-14': 'O' };
    expect(await school.feed(['2026-09-14'], '2026-09-21')).toMatchObject({ casesOpened: 1 });
    const next = await school.caseOf('una');
    expect(next.id).not.toBe(earlier.id);

    const workflow = school.engine.client.workflow.getHandle(caseWorkflowId(next.pupilId));
    await until(async () => (await workflow.describe()).status.name === 'RUNNING');
    const input = { key: 'letter:late:bounced', kind: 'letter outcome', letterId: randomUUID(), outcome: 'bounced' } as const;
    await workflow.signal(tell, { matterId: earlier.id, input });
    const taken = (matterId: string) => school.db.matterInput.count({ where: { matterId, key: input.key } });
    await until(async () => (await taken(earlier.id)) === 1);
    expect(await taken(next.id)).toBe(0);
    expect(await workflow.query(standing)).toBeNull();

    await school.decide('una', 'letter-1', { choice: 'approve' });
    expect(await workflow.query(standing)).toMatchObject({ matterId: next.id, closed: false });
    expect(await school.lettersOf('una')).toHaveLength(2);
    const history = await workflow.fetchHistory();
    expect(await replay([{ workflowId: workflow.workflowId, history }])).toEqual([]);
  });
});
