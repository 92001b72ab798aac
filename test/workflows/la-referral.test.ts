import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../bin/verify.ts';
import type { Role } from '../../policy/people/roles.ts';
import type { ReferralDecision } from '../../policy/referral/decision.ts';
import type { ReferralAction } from '../../policy/referral/proposal.ts';
import type { ReferralState } from '../../policy/referral/state.ts';
import { staff } from '../../policy/training/staff.ts';
import { standing } from '../../workflows/messages.ts';
import { readable } from '../support/readable.ts';
import { allHistories, record } from '../support/record.ts';
import { replay } from '../support/replay.ts';
import { aSchool, until } from '../support/school.ts';

const textId = randomUUID();
const everyTuesday = ['09-08', '09-15', '09-22', '09-29', '10-06', '10-13', '10-20', '11-03', '11-10', '11-17', '11-24', '12-01'];
const absent = Object.fromEntries(everyTuesday.map((day) => [`2026-${day}`, 'O']));

describe('a referral on the real engine, database and mail server', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: absent } });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'ewo', body: { text: 'Considered' } } });
  });
  afterAll(() => school.end());

  const referral = () => school.db.referral.findFirstOrThrow();
  const state = async () => (await referral()).state as unknown as ReferralState;
  async function say(what: ReferralAction['what'], decision: ReferralDecision, role: Role = 'ewo') {
    const found = Object.values((await state()).proposals).find(({ action }) => action.what === what);
    if (!found) throw new Error(`Nothing asks "${what}"`);
    const by = { id: staff.find((one) => one.role === role)?.id ?? '', role };
    const { key: proposal, version } = found;
    const input = { key: randomUUID(), kind: 'decision', by, proposal, version, decision } as const;
    return school.matters.decide({ kind: 'referral', matterId: (await referral()).id, input });
  }
  const caseHas = async (what: string) => {
    const { id } = await school.caseOf('una');
    const heard = await school.db.ledgerEvent.findMany({ where: { matterId: id, type: 'referral outcome' } });
    return heard.some(({ body }) => (body as { outcome: { what: string } }).outcome.what === what);
  };

  it('begins when the school has walked its ladder', async () => {
    await school.decide('una', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-10-06');
    await school.decide('una', 'letter-2', { choice: 'approve' });
    await school.stepTo('2026-10-07');
    await school.decide('una', 'call', { choice: 'called', reached: true, offers: [] });
    await school.stepTo('2026-10-22');
    const meeting = { on: '2026-11-03', at: '15:30' };
    await school.decide('una', 'meeting-invitation', { choice: 'approve', meeting });
    await school.stepTo('2026-11-03');
    await school.decide('una', 'meeting', { choice: 'met', happened: 'held', on: '2026-11-03', offers: [] });
    await school.stepTo('2026-11-18');
    await school.decide('una', 'referral', { choice: 'approve' });
    expect(await referral()).toMatchObject({ status: 'open', stage: 'received' });
    await say('accept referral', { choice: 'accept' });
    await until(() => caseHas('accepted'));
    expect((await school.caseOf('una')).stage).toBe('with the authority');
  });

  it('sends a notice to improve to each parent, and measures its period', async () => {
    await say('decide tool', { choice: 'tool', tool: 'notice to improve', textId });
    const period = { from: '2026-11-23', weeks: 3, target: 9_500 };
    await say('issue notice to improve', { choice: 'issue notice', ...period, earlyGrounds: ['no-engagement'], textId });
    await school.stepTo('2026-11-19');
    const notices = await school.db.letter.findMany({ where: { template: 'notice-to-improve' } });
    expect(notices.map(({ status }) => status)).toEqual(['to-print', 'to-print']);
    for (const { id: letterId } of notices)
      await school.matters.settleLetter({ letterId, how: 'posted', by: 'ewo', role: 'ewo' });
    await until(async () => Object.values((await state()).improvement?.letters ?? {}).every((one) => one === 'posted'));
    await school.stepTo('2026-12-14');
    expect((await state()).improvement).toMatchObject({ status: 'measured', until: '2026-12-11' });
    await say('judge notice to improve', { choice: 'judged', improved: false });
  });

  it("issues a penalty notice only with the headteacher's word, and tells the school when it is paid", async () => {
    const [parent] = await school.db.pupilContact.findMany({ orderBy: { priority: 'asc' } });
    const parents = [parent?.contactId ?? ''];
    const tool = { choice: 'tool', tool: 'penalty notice', parents, support: 'did not work', textId } as const;
    await say('decide tool', tool);
    await expect(say('authorise penalty notice', { choice: 'authorise' })).rejects.toMatchObject({ code: 'Forbidden' });
    await say('authorise penalty notice', { choice: 'authorise' }, 'headteacher');
    await say('issue penalty notice', { choice: 'issue', postedOn: '2026-12-14' });
    const [noticeId = ''] = Object.keys((await state()).notices);
    await school.stepTo('2026-12-15');
    const by = { id: 'ewo', role: 'ewo' } as const;
    const payment = { key: 'payment', kind: 'payment', by, noticeId, paidOn: '2026-12-15', pence: 8_000 } as const;
    const paid = { kind: 'referral', matterId: (await referral()).id, input: payment } as const;
    await Promise.all([school.matters.decide(paid), school.matters.decide(paid)]);
    expect(await school.db.penaltyNotice.findMany()).toMatchObject([{ id: noticeId, status: 'paid', order: 1 }]);
    await until(() => caseHas('paid'));
  });

  it('does not punish the same sessions twice because a parent is written to as another contact now', async () => {
    const links = await school.db.pupilContact.findMany({ orderBy: { priority: 'asc' } });
    const [first = '', second = ''] = links.map(({ contactId }) => contactId);
    const asFirst = { where: { contactId: first } };
    const [firstId = '', secondId = ''] = [first, second].sort();
    const { id: schoolId } = await school.db.school.findFirstOrThrow();
    const said = { kind: 'contact', firstId, secondId, verdict: 'one', why: '', byUser: 'office', at: new Date() };
    const { id } = await school.db.samePerson.create({ data: { schoolId, ...said } });
    await school.db.pupilContact.updateMany({ ...asFirst, data: { permission: 'none' } });
    const parents = [second];
    const tool = { choice: 'tool', tool: 'penalty notice', parents, support: 'did not work', textId } as const;
    await expect(say('decide tool', tool)).rejects.toThrow('threshold is not met');
    await school.db.pupilContact.updateMany({ ...asFirst, data: { permission: 'full' } });
    await school.db.samePerson.delete({ where: { id } });
  });

  it('ends, and the case watches on', async () => {
    await say('decide tool', { choice: 'tool', tool: 'no action', textId });
    await until(() => caseHas('ended'));
    expect(await referral()).toMatchObject({ status: 'closed' });
    expect(await school.caseOf('una')).toMatchObject({ status: 'open', stage: 'back with the school' });
  });

  it('has a whole ledger, holds no name in the engine, and replays', async () => {
    const ask = (workflowId: string) => school.engine.client.workflow.getHandle(workflowId).query(standing);
    for (const { id } of [await referral(), await school.caseOf('una')]) {
      const findings = await verify(school.db, id, async (workflowId) => (await ask(workflowId))?.stateHash ?? null);
      expect(findings.filter(({ right }) => !right)).toEqual([]);
    }
    const histories = await allHistories(school.engine.client);
    const text = await readable(histories);
    expect(text).toMatch(/"tool":"penalty notice"/);
    expect(text).not.toMatch(/Testing|Parent [12]|\.example|Kiln Row|Considered/);
    expect(await replay(histories)).toEqual([]);
    record(histories);
  });
});
