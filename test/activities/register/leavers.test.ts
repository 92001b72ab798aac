import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import { tellDueClosedCases, tellDueMatters } from '../../../activities/matter/tell-due.ts';
import type { Day } from '../../../policy/calendar/day.ts';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { calendarOf } from '../../../prisma/register.ts';
import type { MatterInput } from '../../../workflows/messages.ts';
import { aRegister, csvOf, pupilCells, schoolId } from './a-register.ts';

type Row = [no: string, date: Day, session: string, code: string];
let school: Awaited<ReturnType<typeof aRegister>>;
beforeEach(async () => {
  school = await aRegister({ pupils: ['A1'] });
});
afterEach(() => school.end());

/** Both sessions of each school day to this one; away on these. */
async function marked(to: Day, ...away: Day[]) {
  const days = schoolDaysBetween(await calendarOf(school.db, 'kiln'), '2026-09-02', to);
  return school.marks(
    days.flatMap((day): Row[] => [
      ['A1', day, 'AM', away.includes(day) ? 'I' : '/'],
      ['A1', day, 'PM', away.includes(day) ? 'I' : '\\'],
    ]),
  );
}
const leaves = (on_roll_to: string, more: Record<string, string> = {}) =>
  school.file('pupils', csvOf('pupils', [pupilCells('A1', 0, { on_roll_to, ...more })]));
const days = ['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-14', '2026-09-15'];
const cases = () => school.db.attendanceCase.findMany();

/** Tells the cases what the import left for them in the outbox. */
async function delivered() {
  const rows = await school.db.outbox.findMany({ where: { kind: 'tell', deliveredAt: null }, orderBy: { id: 'asc' } });
  for (const { id, matterId, input } of rows) {
    const told = { kind: 'case', matterId, input: input as MatterInput } as const;
    await school.db.$transaction((tx) => advance(tx, loads, Date.now(), told));
    await school.db.outbox.update({ where: { id }, data: { deliveredAt: new Date() } });
  }
  return rows.length;
}

describe('a pupil who has left', () => {
  it('gets no case for the marks of their time at the school, nor for the day of leaving', async () => {
    await leaves('2026-10-09');
    expect(await marked('2026-10-09', ...days)).toMatchObject({ status: 'done', casesOpened: 0 });
    expect(await leaves('2026-09-18')).toMatchObject({ changed: 1, casesOpened: 0 });
    expect(await cases()).toEqual([]);
  });

  it('has the case closed as soon as the day of leaving is known, and its proposals withdrawn', async () => {
    expect(await marked('2026-10-15', ...days)).toMatchObject({ casesOpened: 1 });
    expect(await leaves('2026-10-09')).toMatchObject({ casesOpened: 0, casesTold: 1 });
    expect(await delivered()).toBe(1);
    expect(await cases()).toMatchObject([{ status: 'closed', headline: 'Closed: the pupil left the school', nextOn: null }]);
    const proposals = await school.db.proposal.findMany();
    expect([...new Set(proposals.map(({ status }) => status))]).toEqual(['withdrawn']);
  });

  it('has the closed case told of a day of leaving that comes late, if it wrote to the family: its figures are others', async () => {
    await marked('2026-10-15', ...days);
    const letter = { template: 'letter-1', proposal: '1', status: 'sent' };
    const closed = async (letters: object) => {
      const { id, state } = await school.db.attendanceCase.findFirstOrThrow();
      await school.db.attendanceCase.update({
        where: { id },
        data: { status: 'closed', state: { ...(state as object), letters } },
      });
      await school.db.outbox.deleteMany();
    };
    const told = () => school.db.outbox.findMany({ where: { kind: 'tell', matterKind: 'case' } });
    await closed({ one: letter });
    await leaves('2026-10-09', { class: '9C' });
    expect(await told()).toMatchObject([{ input: { kind: 'register changed' } }]);
    await closed({ one: letter });
    await leaves('2026-10-09', { class: '9D' });
    expect(await told()).toEqual([]);
    await closed({});
    await leaves('2026-10-08', { class: '9D' });
    expect(await told()).toEqual([]);
  });

  it.each([
    ['a stepped clock', tellDueMatters],
    ['the wall clock', tellDueClosedCases],
  ])('has it closed on the day after the last one, by %s too if it began before cases waited for that day', async (_, due) => {
    await marked('2026-10-15', ...days);
    await leaves('2026-10-16');
    await delivered();
    expect(await cases()).toMatchObject([{ status: 'open', nextOn: new Date('2026-10-17') }]);
    await school.db.attendanceCase.updateMany({ data: { nextOn: new Date('2026-10-30') } });
    await due(school.db, { schoolId, on: '2026-10-16' });
    expect(await delivered()).toBe(0);
    await school.db.school.updateMany({ data: { today: new Date('2026-10-19') } });
    await due(school.db, { schoolId, on: '2026-10-19' });
    expect(await delivered()).toBe(1);
    expect(await cases()).toMatchObject([{ status: 'closed', closedOn: new Date('2026-10-19') }]);
  });
});

describe('a pupil who had left and is on the roll again', () => {
  it('has the same case taken up where it was, with the import, and its workflow started behind it', async () => {
    await marked('2026-10-15', ...days);
    const [before] = await cases();
    await leaves('2026-10-09');
    await delivered();
    expect(await leaves('')).toMatchObject({
      ...{ casesOpened: 0, casesTakenUp: 1, casesTold: 0 },
      says: expect.stringMatching(/\. 0 cases opened, 1 closed case taken up again, 0 open cases brought up to date$/),
    });
    expect(await school.db.registerImport.findFirst({ orderBy: { startedAt: 'desc' } })).toMatchObject({ casesTakenUp: 1 });
    const now = await cases();
    expect(now).toMatchObject([{ id: before?.id, status: 'open', stage: before?.stage, closedOn: null }]);
    expect(await school.db.proposal.count({ where: { status: 'open' } })).toBeGreaterThan(0);
    const [word] = await school.db.outbox.findMany({ where: { deliveredAt: null, kind: 'tell' } });
    expect(word).toMatchObject({ matterId: before?.id, input: { kind: 'on the roll again' } });
    await delivered();
    expect(await cases()).toEqual(now);
  });

  it('has it taken up on the first day back, where that is still to come', async () => {
    await marked('2026-10-09', ...days);
    await leaves('2026-10-09');
    await delivered();
    const back = { on_roll_from: '2026-10-20' };
    expect(await leaves('', back)).toMatchObject({ casesOpened: 0, casesTakenUp: 0 });
    await school.db.school.updateMany({ data: { today: new Date('2026-10-20') } });
    expect(await school.marks([['A1', '2026-10-20', 'AM', 'I']], { on: '2026-10-20' })).toMatchObject({
      ...{ casesOpened: 0, casesTakenUp: 1 },
    });
    expect(await cases()).toMatchObject([{ status: 'open' }]);
  });

  it('begins anew in another school year', async () => {
    await marked('2026-10-15', ...days);
    await leaves('2026-10-09');
    await delivered();
    await school.db.attendanceCase.updateMany({ data: { closedOn: new Date('2026-07-10'), openedOn: new Date('2026-06-10') } });
    expect(await leaves('')).toMatchObject({ casesOpened: 1, casesTakenUp: 0 });
    expect((await cases()).map(({ status }) => status).sort()).toEqual(['closed', 'open']);
  });
});
