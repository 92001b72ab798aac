import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from '@jest/globals';
import { keptUntil } from '../../../policy/register/retention.ts';
import { aRegister, csvOf, markCells, pupilCells, schoolId } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;

const days = ['07', '08', '09', '10', '11', '14', '15', '16', '17', '18', '21', '22'].map((day) => `2026-09-${day}`);

/** A1, absent for long enough that a case opened; A2 was never marked. */
async function anAbsentPupil() {
  school = await aRegister();
  const rows = days.flatMap((day) => (['AM', 'PM'] as const).map((session) => markCells(['A1', day, session, 'O'])));
  await school.file('marks', csvOf('marks', rows));
}
const record = async () => ({
  marks: await school.db.mark.findMany({ orderBy: [{ day: 'asc' }, { session: 'asc' }] }),
  cases: await school.db.attendanceCase.findMany({ select: { id: true, events: true, state: true } }),
  ledger: await school.db.ledgerEvent.findMany({ orderBy: [{ matterId: 'asc' }, { seq: 'asc' }] }),
});

describe('the record of a pupil who has left', () => {
  afterEach(() => school.end());

  it('stays whole when the pupil leaves, and when no file names them any more', async () => {
    await anAbsentPupil();
    const before = await record();
    expect([before.marks.length, before.cases.length, before.ledger.length > 0]).toEqual([24, 1, true]);
    const left = pupilCells('A1', 0, { on_roll_to: '2026-09-22' });
    expect(await school.file('pupils', csvOf('pupils', [left]))).toMatchObject({ status: 'done', changed: 1 });
    expect(await school.file('pupils', csvOf('pupils', [pupilCells('A2', 1)]))).toMatchObject({ status: 'done' });
    const { marks, ledger } = await record();
    expect(marks).toEqual(before.marks);
    expect(ledger.slice(0, before.ledger.length)).toEqual(before.ledger);
    expect(await school.db.pupil.count()).toBe(2);
  });

  it('cannot be deleted within six years, whoever asks: a mark, a step of the ledger, or the pupil', async () => {
    await anAbsentPupil();
    const before = await record();
    await expect(school.db.mark.deleteMany({ where: { day: new Date('2026-09-07') } })).rejects.toThrow(/Kept for six years/);
    await expect(school.db.ledgerEvent.deleteMany()).rejects.toThrow(/Kept for six years/);
    const text = { id: randomUUID(), byUser: 'lead', body: { text: 'They rang' } };
    await school.db.writtenText.create({ data: text });
    await expect(school.db.writtenText.deleteMany()).rejects.toThrow(/Kept for six years/);
    await expect(school.db.registerImport.deleteMany()).rejects.toThrow(/Kept for six years/);
    for (const table of ['mark', 'mark_2026', 'ledger_event', 'written_text', 'register_import CASCADE', 'pupil CASCADE'])
      await expect(school.db.$executeRawUnsafe(`TRUNCATE ${table}`)).rejects.toThrow(/Kept for six years/);
    const { db } = school;
    await expect(
      db.$transaction(async (tx) => {
        await tx.pupilTotal.deleteMany();
        await tx.pupil.deleteMany({ where: { admissionNo: 'A1' } });
      }),
    ).rejects.toThrow(/Kept for six years|Foreign key/);
    expect(await record()).toEqual(before);
    await db.pupil.delete({ where: { id: await school.idOf('A2') } });
  });

  it('has how a letter went and what went with it as long as the letter', async () => {
    await anAbsentPupil();
    const { db } = school;
    const { id: caseId, pupilId } = await db.attendanceCase.findFirstOrThrow();
    const [id, sha256] = [randomUUID(), 'a'.repeat(64)];
    const whose = { matterId: caseId, caseId, schoolId, pupilId, contactId: randomUUID() };
    const how = { template: 'letter-1', status: 'sent', channel: 'email', approvedBy: 'lead', fields: {} };
    const at = new Date('2026-10-05T09:00:00Z');
    await db.letter.create({ data: { id, key: id, messageId: id, ...whose, ...how, approvedOn: at, releaseAt: at } });
    await db.letterAttempt.create({ data: { letterId: id, number: 1, startedAt: at } });
    await db.enclosure.create({ data: { sha256, kind: 'policy', title: 'Policy', pdf: Buffer.from('pdf') } });
    await db.letterEnclosure.create({ data: { letterId: id, number: 1, sha256 } });
    for (const table of ['letter_attempt', 'letter_enclosure']) {
      await expect(db.$executeRawUnsafe(`DELETE FROM ${table}`)).rejects.toThrow(/Kept for six years/);
      await expect(db.$executeRawUnsafe(`TRUNCATE ${table}`)).rejects.toThrow(/Kept for six years/);
    }
    const old = new Date('2019-10-05');
    await db.letter.update({ where: { id }, data: { approvedOn: old } });
    await db.letterAttempt.updateMany({ data: { startedAt: old } });
    expect([(await db.letterEnclosure.deleteMany()).count, (await db.letterAttempt.deleteMany()).count]).toEqual([1, 1]);
    expect((await db.letter.deleteMany()).count).toBe(1);
  });

  it('has leave and what was decided on it as long as its marks', async () => {
    await anAbsentPupil();
    const { db } = school;
    const at = new Date('2026-09-21T09:00:00Z');
    const requestId = randomUUID();
    const days = { fromDay: at, toDay: at, receivedOn: at, waitsSince: at };
    const asked = {
      schoolId,
      pupilId: await school.idOf('A2'),
      reason: 'A wedding',
      askedBy: 'Her mother',
      recordedBy: 'office',
    };
    await db.leaveRequest.create({ data: { id: requestId, ...asked, ...days, recordedAt: at } });
    const decided = { granted: true, decidedBy: 'head', role: 'headteacher', decidedOn: at, why: 'x', at };
    await db.leaveDecision.create({ data: { id: randomUUID(), requestId, ...decided } });
    for (const table of ['leave_decision', 'leave_request']) {
      await expect(db.$executeRawUnsafe(`DELETE FROM ${table}`)).rejects.toThrow(/Kept for six years/);
      await expect(db.$executeRawUnsafe(`TRUNCATE ${table} CASCADE`)).rejects.toThrow(/Kept for six years/);
    }
    await expect(db.pupil.delete({ where: { id: asked.pupilId } })).rejects.toThrow(/Foreign key/);
    await db.leaveRequest.updateMany({ data: { recordedAt: new Date('2019-09-21') } });
    await expect(db.leaveRequest.deleteMany()).rejects.toThrow(/Foreign key/);
    await db.leaveDecision.updateMany({ data: { at: new Date('2019-09-21') } });
    expect([(await db.leaveDecision.deleteMany()).count, (await db.leaveRequest.deleteMany()).count]).toEqual([1, 1]);
  });

  it('may go entry by entry when six years have passed since each was made', async () => {
    await anAbsentPupil();
    const { db } = school;
    await db.mark.updateMany({ where: { day: { lt: new Date('2026-09-14') } }, data: { knownFrom: new Date('2019-09-14') } });
    const gone = await db.mark.deleteMany({ where: { knownFrom: new Date('2019-09-14') } });
    expect([gone.count, await db.mark.count()]).toEqual([10, 14]);
    await db.mark.updateMany({ data: { knownFrom: new Date('2019-09-14') } });
    await db.$executeRaw`TRUNCATE mark`;
    expect(await db.mark.count()).toBe(0);
  });
});

describe('an entry', () => {
  it.each([
    ['2026-09-22', '2032-09-22'],
    ['2028-02-29', '2034-03-01'],
  ])('of %s is kept until %s at least', (made, until) => expect(keptUntil(made)).toBe(until));
});
