import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { makeChange } from '../../../activities/calendar/make-change.ts';
import { showChange } from '../../../activities/calendar/show-change.ts';
import { advance } from '../../../activities/matter/advance.ts';
import { loads } from '../../../activities/matter/loads.ts';
import { schoolDaysBetween } from '../../../policy/calendar/school-calendar.ts';
import { periodsOf, versionOf } from '../../../prisma/calendar.ts';
import { dayOf } from '../../../prisma/day-column.ts';
import { firstBreak } from '../../../prisma/ledger.ts';
import { calendarOf } from '../../../prisma/register.ts';
import type { MatterInput } from '../../../workflows/messages.ts';
import { aRegister, schoolId } from '../register/a-register.ts';

const on = '2026-10-01';
let school: Awaited<ReturnType<typeof aRegister>>;
beforeAll(async () => {
  school = await aRegister({ pupils: ['A1'], on });
  const days = schoolDaysBetween(await calendarOf(school.db, schoolId), '2026-09-02', '2026-09-30');
  await school.marks(
    days.flatMap((day, i) => [
      ['A1', day, 'AM', i < 2 ? 'O' : '/'],
      ['A1', day, 'PM', i < 2 ? 'O' : '\\'],
    ]),
  );
});
afterAll(() => school.end());

it('a closure that a person declares reaches the case once: its ledger says what moved and why, the inbox has the new day', async () => {
  const { db } = school;
  const theCase = () => db.attendanceCase.findFirstOrThrow();
  const letter = () => db.proposal.findFirstOrThrow({ where: { action: 'letter' } });
  const { id, nextOn } = await theCase();
  expect([nextOn && dayOf(nextOn), dayOf((await letter()).dueOn as Date)]).toEqual(['2026-10-05', '2026-10-05']);

  const closure = { kind: 'closure', from: '2026-10-02', to: '2026-10-02', label: 'No heating' } as const;
  const changeId = await showChange(db, { schoolId, reason: 'x', by: 'head', change: { added: [closure], removed: [] } });
  const version = versionOf(await periodsOf(db, schoolId));
  expect(await makeChange(db, { schoolId, changeId, version, by: 'head' })).toEqual({ told: 1 });
  const told = await db.outbox.findFirstOrThrow({ where: { kind: 'tell' } });
  expect(told).toMatchObject({ matterId: id, input: { kind: 'calendar changed', textId: changeId } });
  expect(JSON.stringify(told.input)).not.toContain('heating');

  const deliver = () =>
    db.$transaction((tx) => advance(tx, loads, Date.now(), { kind: 'case', matterId: id, input: told.input as MatterInput }));
  const first = await deliver();
  expect(await deliver()).toEqual(first);
  const events = await db.ledgerEvent.findMany({ where: { matterId: id, type: 'replanned' } });
  expect(events).toMatchObject([
    {
      body: {
        why: 'new: closure “No heating” on 2 Oct 2026',
        moves: [
          { what: 'proposal', key: '1-task', due: { was: '2026-10-08', is: '2026-10-09' } },
          { what: 'proposal', key: '2-letter', due: { was: '2026-10-05', is: '2026-10-06' } },
        ],
      },
    },
  ]);
  const moved = await theCase();
  expect([moved.nextOn && dayOf(moved.nextOn), dayOf((await letter()).dueOn as Date)]).toEqual(['2026-10-06', '2026-10-06']);
  expect(await firstBreak(db, id)).toBeNull();
});
