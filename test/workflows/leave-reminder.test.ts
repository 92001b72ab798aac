import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { morningScheduleId } from '../../bin/engine/morning-schedule.ts';
import { trainingSchool } from '../../policy/training/staff.ts';
import { periods } from '../../policy/training/timetable.ts';
import { decideLeave, keepLeave, takeLeaveBack } from '../../prisma/leave.ts';
import { aSchool, until } from '../support/school.ts';

const asked = { from: '2026-11-02', to: '2026-11-03', reason: 'A wedding', askedBy: 'Her mother', receivedOn: '2026-09-18' };

async function ask(school: Awaited<ReturnType<typeof aSchool>>): Promise<string> {
  const id = randomUUID();
  const kept = { id, schoolId: trainingSchool.id, recordedBy: 'officer', waitsSince: '2026-09-21' };
  await keepLeave(school.db, kept, { pupilId: school.idOf('una'), ...asked });
  return id;
}
const sent = ({ db }: Awaited<ReturnType<typeof aSchool>>) => db.staffReminder.count({ where: { status: 'sent' } });

describe('leave that waits for a decision', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let requestId: string;
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: {} } });
    requestId = await ask(school);
  });
  afterAll(() => school.end());

  const deed = (on: string) => ({ by: 'head', role: 'headteacher', on, why: 'x', at: new Date() }) as const;

  it('is said to the headteacher two school days on, once, without a name', async () => {
    await school.stepTo('2026-09-22');
    expect(await school.db.staffReminder.count()).toBe(0);
    await school.stepTo('2026-09-25');
    await until(async () => (await sent(school)) === 1);
    const reminders = await school.db.staffReminder.findMany({ include: { user: true } });
    expect(reminders).toMatchObject([{ kind: 'reminded', onDay: new Date('2026-09-23'), user: { role: 'headteacher' } }]);
    const [mail] = school.mail.received;
    expect([mail?.to, mail?.text]).toEqual(['head@oakbridge.example', expect.stringContaining('/inbox')]);
    expect(mail?.text).not.toMatch(/una|wedding|Parent/i);
  });

  it('is not said again once it is decided, and is when that was a mistake, from then on', async () => {
    const id = randomUUID();
    expect(await decideLeave(school.db, { id, requestId, granted: true }, deed('2026-09-25'))).toBe(true);
    await school.stepTo('2026-09-30');
    expect(await takeLeaveBack(school.db, { id, requestId }, deed('2026-09-30'))).toBe(true);
    await school.stepTo('2026-10-01');
    expect(await sent(school)).toBe(1);
    await school.stepTo('2026-10-02');
    await until(async () => (await sent(school)) === 2);
  });
});

describe('leave that waits in a real school', () => {
  let school: Awaited<ReturnType<typeof aSchool>>;
  let now = Date.parse('2026-09-22T05:30:00Z');
  beforeAll(async () => {
    school = await aSchool({ today: '2026-09-21', pupils: { una: {} }, real: { now: () => now, periods } });
    await ask(school);
  });
  afterAll(() => school.end());

  it('is said in the morning of its day, once', async () => {
    const schedule = school.engine.client.schedule.getHandle(morningScheduleId);
    const mornings = async () => {
      await schedule.trigger();
      const ended = () => school.engine.client.workflow.count('WorkflowType="schoolMorning" AND ExecutionStatus="Completed"');
      const before = (await ended()).count;
      await until(async () => (await ended()).count > before);
    };
    await mornings();
    expect(await school.db.staffReminder.count()).toBe(0);
    now = Date.parse('2026-09-23T05:30:00Z');
    await mornings();
    await mornings();
    await until(async () => (await sent(school)) === 1);
    expect(await school.db.staffReminder.count()).toBe(1);
    expect(school.mail.received.map(({ to }) => to)).toEqual(['head@oakbridge.example']);
  });
});
