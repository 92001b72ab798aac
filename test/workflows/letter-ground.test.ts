import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { movedUnder } from '../../activities/letters/write-anew.ts';
import type { LetterAnswer } from '../../policy/case/input.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { letterById } from '../../prisma/letters.ts';
import { letterWorkflowId } from '../../workflows/letter-messages.ts';
import { readable } from '../support/readable.ts';
import { allHistories } from '../support/record.ts';
import { replay } from '../support/replay.ts';
import { aSchool, until } from '../support/school.ts';

const away = { '2026-09-10': 'O' };
const present = { AM: '/', PM: '\\' };
const absent = { AM: 'O', PM: 'O' };

describe('a letter whose ground has gone before it left, on the real engine', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  beforeAll(async () => {
    const longer = { ...away, '2026-09-11': 'O' };
    const pupils = { ada: away, ben: away, cas: away, dot: away, eve: away, fay: away, gus: longer };
    school = await aSchool({ today: '2026-09-21', pupils });
  });
  afterAll(() => school.end());

  const statuses = async (pupil: string) => (await school.lettersOf(pupil)).map(({ status }) => status).sort();
  const are = (pupil: string, ...wanted: string[]) => until(async () => (await statuses(pupil)).join() === wanted.join());
  const ids = async (pupil: string) => (await school.lettersOf(pupil)).map(({ id }) => id);
  const asked = async (pupil: string) =>
    (await school.proposals(pupil)).filter(({ action }) => action.what === 'letter in question').length;
  const reached = (pupil: string) => school.familiesReached().filter((to) => to.startsWith(pupil));
  const approve = (pupil: string) => school.decide(pupil, 'letter-1', { choice: 'approve' });
  const written = async (text: string) => {
    const textId = randomUUID();
    await school.db.writtenText.create({ data: { id: textId, byUser: 'lead', body: { text } } });
    return textId;
  };
  const moved = async (letterId: string) => movedUnder(school.db, await letterById(school.db, letterId), Date.now());
  const answer = async (letterId: string, how: LetterAnswer) => {
    const seen = (how === 'send' && (await moved(letterId))?.seen) || '';
    const said = { letterId, how, by: 'lead', role: 'sal', textId: await written('We have spoken') } as const;
    await school.matters.settleLetter({ ...said, ...(seen !== '' && { seen }) });
  };

  it('is held and asked about at once, and does not go when its window ends', async () => {
    await approve('ada');
    await school.correct('ada', '2026-09-10', present);
    await are('ada', 'questioned', 'questioned');
    expect(await asked('ada')).toBe(2);
    const why = 'Attendance is now 100.0% (28 of 28 sessions); the letter was approved at 92.8%';
    await until(async () => (await school.lettersOf('ada')).every(({ statusWhy }) => statusWhy === why));
    await school.stepTo('2026-09-22');
    expect(await statuses('ada')).toEqual(['questioned', 'questioned']);
    expect(reached('ada')).toEqual([]);
  });

  it('goes all the same, or not, as a person said, although the worker stopped meanwhile', async () => {
    await school.stopWorker();
    await school.startWorker();
    const [one = '', two = ''] = await ids('ada');
    await answer(one, 'send');
    await answer(two, 'do not send');
    await are('ada', 'sent', 'stopped');
    expect(reached('ada')).toHaveLength(1);
    await until(async () => (await asked('ada')) === 0);
    await expect(answer(two, 'send')).rejects.toThrow(/no longer waiting for that/);
    const { id } = await school.caseOf('ada');
    const said = await school.db.ledgerEvent.findMany({
      where: { matterId: id, type: 'question answered' },
      orderBy: { seq: 'asc' },
    });
    expect(said.map(({ byUser, body }) => ({ byUser, body }))).toMatchObject([
      { byUser: 'lead', body: { letterId: one, how: 'send', words: 'We have spoken' } },
      { byUser: 'lead', body: { letterId: two, how: 'do not send' } },
    ]);
    expect(await school.db.letter.findUnique({ where: { id: one } })).toMatchObject({ confirmedBy: 'lead' });
  });

  it('goes by itself when its ground is back before its window ends', async () => {
    await approve('ben');
    await school.correct('ben', '2026-09-10', present);
    await are('ben', 'questioned', 'questioned');
    await school.correct('ben', '2026-09-10', absent);
    await school.stepTo('2026-09-23');
    expect(await statuses('ben')).toEqual(['sent', 'sent']);
    expect(reached('ben')).toHaveLength(2);
    expect(await asked('ben')).toBe(0);
  });

  it('is asked about when its time comes, if its case has not heard of the change', async () => {
    await approve('cas');
    const { pupilId } = await school.caseOf('cas');
    for (const [session, code] of Object.entries(present))
      await school.db.mark.updateMany({ where: { pupilId, day: columnOf('2026-09-10'), session }, data: { code } });
    await school.release('cas');
    await are('cas', 'questioned', 'questioned');
    await until(async () => (await asked('cas')) === 2);
    for (const id of await ids('cas')) await answer(id, 'do not send');
    await are('cas', 'stopped', 'stopped');
    expect(reached('cas')).toEqual([]);
  });

  it('is answered while it still waits: stopped at once, or sent when its window ends, or called back', async () => {
    await approve('dot');
    await school.correct('dot', '2026-09-10', present);
    await are('dot', 'questioned', 'questioned');
    const [one = '', two = ''] = await ids('dot');
    await answer(one, 'do not send');
    expect(await school.engine.client.workflow.getHandle(letterWorkflowId(one)).result()).toBe('stopped');
    await answer(two, 'send');
    expect(await statuses('dot')).toEqual(['stopped', 'waiting']);
    expect(reached('dot')).toEqual([]);
    await school.stepTo('2026-09-24');
    expect(await statuses('dot')).toEqual(['sent', 'stopped']);
    expect(reached('dot')).toHaveLength(1);

    await approve('eve');
    await school.correct('eve', '2026-09-10', present);
    await are('eve', 'questioned', 'questioned');
    for (const letterId of await ids('eve'))
      await school.matters.recallLetter({ letterId, by: 'lead', role: 'sal', textId: await written('Not now') });
    expect(await statuses('eve')).toEqual(['recalled', 'recalled']);
    await until(async () => (await asked('eve')) === 0);
  });

  it('is held in the print queue, and goes back there, or was posted meanwhile', async () => {
    const { pupilId } = await school.caseOf('fay');
    await school.db.contact.updateMany({ where: { pupils: { some: { pupilId } } }, data: { email: null } });
    await approve('fay');
    await school.stepTo('2026-09-25');
    expect(await statuses('fay')).toEqual(['to-print', 'to-print']);
    await school.correct('fay', '2026-09-10', present);
    await are('fay', 'questioned', 'questioned');
    const [one = '', two = ''] = await ids('fay');
    await answer(one, 'send');
    expect(await statuses('fay')).toEqual(['questioned', 'to-print']);
    await school.stepTo('2026-09-28');
    for (const letterId of [one, two]) await school.matters.settleLetter({ letterId, how: 'posted', by: 'officer' });
    await are('fay', 'posted', 'posted');
    await until(async () => (await asked('fay')) === 0);
  });

  it('whose ground stands is held for its figures, goes with those that were approved again, and is held as often as they move', async () => {
    await approve('gus');
    await until(async () => (await school.lettersOf('gus')).every(({ pdf }) => pdf !== null));
    await school.correct('gus', '2026-09-11', present);
    await are('gus', 'questioned', 'questioned');
    const [one = '', two = ''] = await ids('gus');
    const [before] = await school.lettersOf('gus');
    const unseen = { letterId: one, how: 'send', by: 'lead', role: 'sal', textId: await written('Unseen') } as const;
    await expect(school.matters.settleLetter({ ...unseen, seen: '1-2-3-4' })).rejects.toThrow(/no longer waiting for that/);
    await answer(one, 'send');
    await answer(two, 'do not send');
    await are('gus', 'stopped', 'waiting');
    const again = { AM: 'I', PM: 'I' };
    await school.correct('gus', '2026-09-11', again);
    await are('gus', 'questioned', 'stopped');
    await school.stepTo('2026-09-29');
    expect(await statuses('gus')).toEqual(['questioned', 'stopped']);
    await answer(one, 'send');
    await are('gus', 'sent', 'stopped');
    const after = await school.db.letter.findUniqueOrThrow({ where: { id: one } });
    const { figures, issuedOn } = after.fields as { figures: object; issuedOn: string };
    expect([figures, issuedOn]).toEqual([expect.objectContaining({ authorised: 2, unauthorised: 2 }), '2026-09-29']);
    expect(after.text).toMatch(/missed with leave or good reason\W+2/);
    expect(after.pdfSha256).not.toBe(before?.pdfSha256);
    expect(reached('gus')).toHaveLength(1);
    await until(async () => (await school.caseOf('gus')).state !== null && (await asked('gus')) === 0);
  });

  it('leaves ledgers that verify, and histories that replay without names', async () => {
    await until(async () => (await school.wrongs()).length === 0);
    const recorded = await allHistories(school.engine.client);
    expect(await replay(recorded)).toEqual([]);
    const text = await readable(recorded);
    expect(text).toMatch(/"how":"do not send"/);
    expect(text).not.toMatch(/Testing|Parent [12]|families\.example|Kiln Row|We have spoken/);
  });
});
