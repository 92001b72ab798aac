import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addDays, type Day, londonDay, londonInstant, weekday } from '../../policy/calendar/day.ts';
import { staff } from '../../policy/training/staff.ts';
import { letterWorkflowId } from '../../workflows/letter-messages.ts';
import { caseWorkflowId, taskQueue } from '../../workflows/messages.ts';
import { aSchool } from '../support/school.ts';
import { aTimeSkippingEngine } from '../support/time-skipping.ts';
import { until } from '../support/until.ts';

/** The next Sunday on which clocks in London go back, at least five weeks on. */
function clocksGoBack(from: Day): Day {
  const year = Number(from.slice(0, 4)) + (from.slice(5) < '09-15' ? 0 : 1);
  const last = `${year}-10-31`;
  return addDays(last, -(weekday(last) % 7));
}

const minutes = (n: number) => n * 60_000;
const seconds = (n: number) => n * 1_000;

/** A real school lives by the wall clock: its timers are the engine's. Here that clock skips ahead; nothing else differs. */
describe('a real school on real timers, over the days when the clocks go back', () => {
  let engine: Awaited<ReturnType<typeof aTimeSkippingEngine>>;
  let school: Awaited<ReturnType<typeof aSchool>>;
  let thursday: Day;
  let monday: Day;
  let tuesday: Day;
  const by = { id: staff.find(({ role }) => role === 'sal')?.id ?? '', role: 'sal' } as const;
  const textId = '00000000-0000-4000-8000-000000000003';

  beforeAll(async () => {
    engine = await aTimeSkippingEngine();
    const sunday = clocksGoBack(londonDay(engine.now()));
    [thursday, monday, tuesday] = [addDays(sunday, -3), addDays(sunday, 1), addDays(sunday, 2)];
    await engine.skipTo(londonInstant(thursday, '10:00'));
    const absent = { [addDays(thursday, -7)]: 'O' };
    school = await aSchool({
      today: thursday,
      pupils: { ada: absent, ben: absent, cas: absent },
      engine: { TEMPORAL_ADDRESS: engine.address, TEMPORAL_NAMESPACE: 'default' },
      real: {
        now: engine.now,
        periods: [{ kind: 'term', label: 'Autumn', from: addDays(sunday, -27), to: addDays(sunday, 200) }],
      },
    });
    await school.db.writtenText.create({ data: { id: textId, byUser: by.id, body: { text: 'A parent is in hospital' } } });
    await until(async () => (await school.db.outbox.count({ where: { deliveredAt: null } })) === 0);
  });
  afterAll(async () => {
    await school?.end();
    await engine?.stop();
  });

  const events = async (pupil: string) =>
    school.db.ledgerEvent.findMany({ where: { matterId: (await school.caseOf(pupil)).id }, orderBy: { seq: 'asc' } });
  const keyOf = async (pupil: string, type: string) => (await events(pupil)).find((event) => event.type === type)?.inputKey;
  const statuses = async (pupil: string) => (await school.lettersOf(pupil)).map(({ status }) => status);

  /** When the last timer of a workflow fired, by the engine's own clock and history. */
  async function lastFired(workflowId: string): Promise<number> {
    const { events } = await school.engine.client.workflow.getHandle(workflowId).fetchHistory();
    const fired = events?.findLast(({ timerFiredEventAttributes }) => timerFiredEventAttributes)?.eventTime;
    return Number(fired?.seconds) * 1_000;
  }
  const caseFired = async (pupil: string) => lastFired(caseWorkflowId((await school.caseOf(pupil)).pupilId));

  it('a letter leaves by itself when its 30 minutes are over, and not before', async () => {
    await school.decide('ben', 'letter-1', { choice: 'approve' });
    const [letter] = await school.lettersOf('ben');
    const releaseAt = letter?.releaseAt.getTime() ?? 0;
    expect(Math.abs(releaseAt - engine.now() - minutes(30))).toBeLessThan(minutes(1));
    await until(async () => (await school.lettersOf('ben')).every(({ pdf }) => pdf !== null));
    await engine.skipTo(releaseAt - seconds(20));
    expect([await statuses('ben'), school.familiesReached()]).toEqual([['waiting', 'waiting'], []]);
    await engine.skipTo(releaseAt + seconds(5));
    await until(async () => (await statuses('ben')).join() === 'sent,sent');
    expect(school.familiesReached()).toEqual(['ben.1@families.example', 'ben.2@families.example']);
    for (const { id } of await school.lettersOf('ben'))
      expect(Math.abs((await lastFired(letterWorkflowId(id))) - releaseAt)).toBeLessThan(seconds(2));
  });

  it('a case wakes at seven in London on its day, counted over the change of the clocks', async () => {
    const hold = { key: 'hold', kind: 'hold', by, until: tuesday, textId } as const;
    await school.matters.decide({ kind: 'case', matterId: (await school.caseOf('cas')).id, input: hold });
    expect((await school.caseOf('ada')).nextOn).toEqual(new Date(monday));
    const seven = Date.parse(`${monday}T07:00:00Z`);
    await engine.skipTo(seven + seconds(5));
    await until(async () => (await keyOf('ada', 'reminded')) === `day:${monday}`);
    expect(Math.abs((await caseFired('ada')) - seven)).toBeLessThan(seconds(2));
  });

  it('a held case sleeps until its date, and goes on then', async () => {
    expect((await school.caseOf('cas')).nextOn).toEqual(new Date(tuesday));
    expect((await events('cas')).map(({ inputKey }) => inputKey)).not.toContain(`day:${monday}`);
    const seven = Date.parse(`${tuesday}T07:00:00Z`);
    await engine.skipTo(seven + seconds(5));
    await until(async () => (await keyOf('cas', 'resumed')) === `day:${tuesday}`);
    expect(Math.abs((await caseFired('cas')) - seven)).toBeLessThan(seconds(2));
    expect(await school.wrongs()).toEqual([]);
  });
});

it('what is due within the hour is reminded of when the hour is over, and passed on an hour later', async () => {
  const engine = await aTimeSkippingEngine();
  const sunday = clocksGoBack(londonDay(engine.now()));
  const day = addDays(sunday, 2);
  await engine.skipTo(londonInstant(day, '09:03'));
  const school = await aSchool({
    ...{ today: day, pupils: { ada: { [day]: 'I' } }, packId: 'demat' },
    engine: { TEMPORAL_ADDRESS: engine.address, TEMPORAL_NAMESPACE: 'default' },
    real: {
      now: engine.now,
      periods: [{ kind: 'term', label: 'Autumn', from: addDays(sunday, -27), to: addDays(sunday, 200) }],
    },
  });
  try {
    const { id: matterId } = await school.caseOf('ada');
    const { body, key } = await school.db.proposal.findFirstOrThrow({ where: { matterId, action: 'task' } });
    const { dueAt = '', standIn } = body as { dueAt?: string; standIn: { at: string } };
    expect(dueAt).toMatch(/^10:\d[05]$/);
    const keyOf = async (type: string) =>
      (await school.db.ledgerEvent.findMany({ where: { matterId, type } })).find(
        (one) => (one.body as { key: string }).key === key,
      )?.inputKey;
    await until(async () => (await school.db.outbox.count({ where: { deliveredAt: null } })) === 0);
    await engine.skipTo(londonInstant(day, dueAt) - seconds(20));
    expect(await keyOf('reminded')).toBeUndefined();
    await engine.skipTo(londonInstant(day, dueAt) + seconds(5));
    await until(async () => (await keyOf('reminded')) === `day:${day}T${dueAt}`);
    await engine.skipTo(londonInstant(day, standIn.at) + seconds(5));
    await until(async () => (await keyOf('escalated')) === `day:${day}T${standIn.at}`);
    const told = await school.db.staffReminder.findMany({ orderBy: { atTime: 'asc' }, include: { user: true } });
    expect(told.map(({ kind, atTime, user }) => [kind, atTime, user.role])).toEqual([
      ['reminded', dueAt, 'attendance-officer'],
      ['escalated', standIn.at, 'sal'],
    ]);
    expect(await school.wrongs()).toEqual([]);
  } finally {
    await school.end();
    await engine.stop();
  }
});

it('who is to speak to the families of absent pupils by a time of the day is reminded at that time, once', async () => {
  const engine = await aTimeSkippingEngine();
  const sunday = clocksGoBack(londonDay(engine.now()));
  const day = addDays(sunday, 2);
  await engine.skipTo(londonInstant(day, '08:50'));
  const school = await aSchool({
    ...{ today: day, pupils: { ada: { [day]: 'N' }, ben: { [`${day} AM`]: 'N' } }, packId: 'celt' },
    engine: { TEMPORAL_ADDRESS: engine.address, TEMPORAL_NAMESPACE: 'default' },
    real: {
      now: engine.now,
      periods: [{ kind: 'term', label: 'Autumn', from: addDays(sunday, -27), to: addDays(sunday, 200) }],
    },
  });
  try {
    const reminders = () => school.db.staffReminder.findMany({ where: { kind: 'contact' }, include: { user: true } });
    const workflowId = 'first-day-contacts';
    const run = await school.engine.client.workflow.start('firstDayContacts', { workflowId, taskQueue, args: [] });
    const due = londonInstant(day, '09:30');
    await engine.skipTo(due - seconds(20));
    expect(await reminders()).toEqual([]);
    await engine.skipTo(due + seconds(5));
    await run.result();
    expect((await reminders()).map(({ atTime, user }) => [atTime, user.role])).toEqual([['09:30', 'attendance-officer']]);
    const again = await school.engine.client.workflow.start('firstDayContacts', { workflowId, taskQueue, args: [] });
    await again.result();
    expect(await reminders()).toHaveLength(1);
  } finally {
    await school.end();
    await engine.stop();
  }
});
