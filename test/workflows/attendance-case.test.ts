import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '../../bin/verify.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { firstbell } from '../support/firstbell.ts';
import { readable } from '../support/readable.ts';
import { allHistories, record } from '../support/record.ts';
import { replay } from '../support/replay.ts';
import { aSchool, until } from '../support/school.ts';

const days = (...list: string[]) => Object.fromEntries(list.map((day) => [day, 'O']));
const textId = '00000000-0000-4000-8000-000000000001';

describe('a case on the real engine, database and mail server', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    school = await aSchool({
      today: '2026-09-21',
      pupils: {
        ada: days('2026-09-08', '2026-09-09'),
        ben: days('2026-09-10'),
        cas: days('2026-09-11'),
        dot: days('2026-09-14'),
        eva: {},
        fay: days('2026-09-15'),
      },
    });
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text: 'The family has called' } } });
  });
  afterAll(() => school.end());

  it('opens for those below 96% when the register comes in, and for nobody else', async () => {
    const asked = await school.proposals('ada');
    // Below 90% the policy asks for more than its ladder does: that the lead speaks to the parents, and a formal meeting.
    expect(asked.map(({ action }) => action.template ?? action.what).sort()).toEqual(['letter-1', 'meeting', 'task']);
    expect(await school.db.attendanceCase.count()).toBe(5);
  });

  it('pressing twice is one decision: each parent gets one letter of their own, after the recall window', async () => {
    const twice = await Promise.all(
      [1, 2].map(() => school.decide('ada', 'letter-1', { choice: 'approve' }, { key: 'pressed twice' })),
    );
    expect(twice[0]).toEqual(twice[1]);
    expect(school.familiesReached()).toEqual([]);
    await school.stepTo('2026-09-22');
    const mine = school.mail.received.filter(({ to }) => to.startsWith('ada'));
    expect(mine.map(({ to }) => to).sort()).toEqual(['ada.1@families.example', 'ada.2@families.example']);
    expect(mine.every(({ to, text }) => !text.includes(to === 'ada.1@families.example' ? 'Parent 2' : 'Parent 1'))).toBe(true);
    expect((await school.lettersOf('ada')).map(({ status }) => status)).toEqual(['sent', 'sent']);
  });

  it('a stale decision is refused and says so; another role is refused', async () => {
    await expect(school.decide('ben', 'letter-1', { choice: 'approve' }, { version: 7 })).rejects.toThrow(
      /changed since you opened it/,
    );
    await expect(school.decide('ben', 'letter-1', { choice: 'approve' }, { as: 'class-teacher' })).rejects.toThrow(
      /senior attendance lead to decide/,
    );
    // What of the asking is not allowed comes back through the engine too.
    const held = school.decide('ben', 'letter-1', { choice: 'hold', until: '2026-09-01', textId });
    await expect(held).rejects.toMatchObject({ code: 'NotAllowed', concerns: 'until', message: 'Choose a day after today' });
    expect(await school.lettersOf('ben')).toEqual([]);
  });

  it('a letter can be recalled while it waits, and is never sent', async () => {
    await school.decide('cas', 'letter-1', { choice: 'approve' });
    await until(async () => (await school.lettersOf('cas')).every(({ pdf }) => pdf !== null));
    for (const { id } of await school.lettersOf('cas'))
      await school.matters.recallLetter({ letterId: id, by: 'lead', role: 'sal', textId });
    await school.stepTo('2026-09-23');
    expect((await school.lettersOf('cas')).map(({ status }) => status)).toEqual(['recalled', 'recalled']);
    const { id: matterId } = await school.caseOf('cas');
    const ended = await school.db.ledgerEvent.findMany({ where: { matterId, type: 'letter outcome' } });
    expect(ended.map(({ byUser, body }) => ({ byUser, ...(body as object) }))).toMatchObject([
      { byUser: 'lead', outcome: 'recalled', words: 'The family has called' },
      { byUser: 'lead', outcome: 'recalled', words: 'The family has called' },
    ]);
    expect(school.mail.received.some(({ to }) => to.startsWith('cas'))).toBe(false);
  });

  it('without a worker a decision is 503 and nothing is half-done; with one again it is taken', async () => {
    await school.stopWorker();
    await expect(school.decide('ben', 'letter-1', { choice: 'approve' }, { key: 'late' })).rejects.toMatchObject({
      code: 'Unavailable',
    });
    const { id: matterId } = await school.caseOf('ben');
    const by = { id: 'lead', role: 'sal' } as const;
    const close = { kind: 'case', matterId, input: { key: 'change:late', kind: 'close', by, textId } } as const;
    await expect(school.matters.decide(close)).rejects.toMatchObject({ code: 'Unavailable' });
    await school.startWorker();
    expect(await school.lettersOf('ben')).toEqual([]);
    await school.decide('ben', 'letter-1', { choice: 'approve' }, { key: 'late' });
    expect(await school.lettersOf('ben')).toHaveLength(2);
    expect(await school.caseOf('ben')).toMatchObject({ status: 'open' });
  });

  it('an order that comes in after approval stops the letter to that parent, not to the other', async () => {
    await school.decide('dot', 'letter-1', { choice: 'approve' });
    await until(async () => (await school.lettersOf('dot')).every(({ pdf }) => pdf !== null));
    const [first] = await school.lettersOf('dot');
    await school.db.pupilContact.update({
      where: { pupilId_contactId: { pupilId: first?.pupilId ?? '', contactId: first?.contactId ?? '' } },
      data: { restriction: 'No contact: order of today' },
    });
    await school.stepTo('2026-09-24');
    expect((await school.lettersOf('dot')).map(({ status }) => status).sort()).toEqual(['sent', 'stopped']);
  });

  it('a server that hangs up after the letter leaves it unknown, for a person: never a second try', async () => {
    school.mail.behave('hangs up after the letter');
    await school.decide('fay', 'letter-1', { choice: 'approve' });
    await school.stepTo('2026-09-25');
    school.mail.behave('kind');
    await school.stepTo('2026-09-28');
    expect((await school.lettersOf('fay')).map(({ status }) => status)).toEqual(['unknown', 'unknown']);
    const tries = await school.db.letterAttempt.groupBy({ by: ['letterId'], _count: true, where: { outcome: 'unknown' } });
    expect(tries.map(({ _count }) => _count)).toEqual([1, 1]);
  });

  it('a correction reaches the running case, and the same file again changes nothing', async () => {
    const { id } = await school.caseOf('ada');
    school.pupils.ada = {};
    expect(await school.feed(['2026-09-08', '2026-09-09'], '2026-09-28', 'correction')).toMatchObject({
      status: 'done',
      changed: 4,
      casesTold: 1,
    });
    const state = async () => (await school.db.attendanceCase.findUniqueOrThrow({ where: { id } })).state as unknown as CaseState;
    await until(async () => (await state()).recovering !== null);
    expect((await state()).attendance).toEqual({ attended: 38, possible: 38 });
    expect(await school.feed(['2026-09-08', '2026-09-09'], '2026-09-28', 'correction')).toMatchObject({
      changed: 0,
      casesTold: 0,
    });
  });

  it('the ledger is whole and folds to what the screens and the workflow hold', async () => {
    expect(await school.wrongs()).toEqual([]);
  });

  /** As in production, with the settings from the environment. */
  const verified = async (id: string) => {
    const { DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, PAYLOAD_KEY } = school.config;
    return firstbell(['verify', id], { DATABASE_URL, TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, PAYLOAD_KEY });
  };

  it('a changed ledger is found out', async () => {
    const { id } = await school.caseOf('ada');
    expect(await verified(id)).toMatchObject({ code: 0, out: expect.stringMatching(/^(right {2}.*\n){3}$/), err: '' });
    // Where nobody answers nothing is known to be wrong, and that is what is said.
    await school.stopWorker();
    const unasked = expect.stringMatching(/^(right {2}.*\n){2}NOT ASKED {2}the workflow did not answer/);
    expect(await verified(id)).toMatchObject({ code: 1, out: unasked });
    await school.startWorker();
    await school.db.$executeRaw`UPDATE ledger_event SET body = '{"stage":"closed"}' WHERE matter_id = ${id}::uuid AND seq = 1`;
    const [chain] = await verify(school.db, id, async () => null);
    expect(chain).toMatchObject({ right: false, what: expect.stringMatching(/breaks at event 1/) });
    expect(await verified(id)).toMatchObject({ code: 1, out: expect.stringMatching(/^WRONG {2}the chain breaks at event 1/) });
  });

  it('names, addresses and what people wrote are nowhere in the engine, even for who has the key', async () => {
    const text = await readable(await allHistories(school.engine.client));
    expect(text).toMatch(/"choice":"approve"/);
    expect(text).not.toMatch(/Testing|Parent [12]|\.example|Kiln Row|The family has called/);
  });

  it('every history of this file replays, and RECORD=1 keeps one of each kind', async () => {
    const recorded = await allHistories(school.engine.client);
    expect(await replay(recorded)).toEqual([]);
    record(recorded);
  });
});
