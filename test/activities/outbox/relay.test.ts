import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pupilLooker } from '../../../activities/matter/look-at-pupil.ts';
import { relay } from '../../../activities/outbox/relay.ts';
import { restingMatters } from '../../../activities/outbox/resting.ts';
import { engineClient } from '../../../bin/engine/engine.ts';
import { searchAttributes } from '../../../bin/engine/search-attributes.ts';
import { caseWorkflowId } from '../../../workflows/messages.ts';
import { testKey } from '../../support/replay.ts';
import { aNamespace } from '../../support/servers.ts';
import { aRegister } from '../register/a-register.ts';

const days = ['2026-09-14', '2026-09-15', '2026-09-16', '2026-09-17', '2026-09-18', '2026-09-21', '2026-09-22', '2026-09-23'];
const more = ['2026-09-28', '2026-09-29', '2026-09-30'];

describe('the outbox, taken to the real engine', () => {
  let school: Awaited<ReturnType<typeof aRegister>>;
  let engine: Awaited<ReturnType<typeof engineClient>>;
  const { address, namespace } = aNamespace();
  const nobodyTold = async () => Promise.reject(new Error('No case here is closed'));
  const take = (told?: AbortSignal) =>
    relay({
      db: school.db,
      client: engine.client,
      resting,
      advanceClosed: nobodyTold,
      lookAtPupil: looked,
      ...(told ? { told } : {}),
    });
  const looked = (pupilId: string, key: string) => pupilLooker({ ...school, now: Date.now })(pupilId, key);
  let time = 0;
  const resting = restingMatters(() => time);
  const waiting = () => school.db.outbox.count({ where: { deliveredAt: null } });
  const workflowOf = async (no: string) => engine.client.workflow.getHandle(caseWorkflowId(await school.idOf(no))).describe();

  beforeAll(async () => {
    school = await aRegister({ pupils: ['A1', 'A2', 'A3'] });
    engine = await engineClient({
      TEMPORAL_ADDRESS: address,
      TEMPORAL_NAMESPACE: namespace,
      PAYLOAD_KEY: testKey,
      TEMPORAL_TLS: undefined,
      TEMPORAL_TLS_CERT: undefined,
      TEMPORAL_TLS_KEY: undefined,
      TEMPORAL_API_KEY: undefined,
    });
    await searchAttributes(engine.connection, namespace);
    // A1 and A2 miss a day in eleven: below 96%.
    await school.marks(
      [...days, ...more].flatMap((day) =>
        ['A1', 'A2', 'A3'].flatMap((no) =>
          ['AM', 'PM'].map((session): [string, string, string, string] => [
            no,
            day,
            session,
            no !== 'A3' && day === '2026-09-30' ? 'O' : session === 'AM' ? '/' : '\\',
          ]),
        ),
      ),
    );
  });
  afterAll(async () => {
    await Promise.all([school.end(), engine.connection.close()]);
  });

  it('takes nothing more once the worker is told to stop: all of it waits for the next', async () => {
    expect(await waiting()).toBe(2);
    expect(await take(AbortSignal.abort())).toBe(0);
    expect(await waiting()).toBe(2);
  });

  it('begins the workflow of each case as its opening left it, once', async () => {
    expect(await take()).toBe(2);
    const { status, searchAttributes: found } = await workflowOf('A1');
    expect([status.name, found.FirstbellStage]).toEqual(['RUNNING', ['letter 1']]);
    const { events } = await engine.client.workflow.getHandle(caseWorkflowId(await school.idOf('A1'))).fetchHistory();
    const [started] = events ?? [];
    const codec = engine.client.options.loadedDataConverter.payloadCodecs[0];
    const [argument] = (await codec?.decode(started?.workflowExecutionStartedEventAttributes?.input?.payloads ?? [])) ?? [];
    expect(JSON.parse(Buffer.from(argument?.data ?? []).toString('utf8'))).toMatchObject({
      inbox: [],
      waiting: null,
      stage: 'letter 1',
    });
    await school.db.outbox.updateMany({ data: { deliveredAt: null } });
    expect(await take()).toBe(2);
    expect(await waiting()).toBe(0);
  });

  it('looks at the pupils of a school one after another, and tells of those whose cases run', async () => {
    const look = { schoolId: 'kiln', matterKind: 'pupil', kind: 'tell', input: { key: 'elsewhere', kind: 'register changed' } };
    const ids = await Promise.all(['A1', 'A2', 'A3'].map(school.idOf));
    await school.db.outbox.createMany({ data: ids.map((matterId) => ({ ...look, matterId })) });
    expect([await take(), await take(), await waiting()]).toEqual([3, 2, 0]);
  });

  it('delivers and marks what it can beside what fails, and says why that failed', async () => {
    const { id } = await school.db.attendanceCase.findFirstOrThrow();
    const tell = { schoolId: 'kiln', matterKind: 'case', kind: 'tell', input: { key: 'day:2026-10-19', kind: 'day' } };
    const lost = randomUUID();
    await school.db.outbox.createMany({
      data: [
        { ...tell, matterId: lost },
        { ...tell, matterId: id },
      ],
    });
    await expect(take()).rejects.toThrow(`The outbox names case ${lost}, which is not there`);
    expect(await school.db.outbox.findMany({ where: { deliveredAt: null } })).toMatchObject([{ matterId: lost }]);
    // It rests, and what comes after it is not held up.
    await school.db.outbox.create({ data: { ...tell, matterId: id, input: { key: 'day:2026-10-20', kind: 'day' } } });
    expect([await take(), await take()]).toEqual([1, 0]);
    time = 5_000;
    await expect(take()).rejects.toThrow(lost);
  });
});
