import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Engine, startEngine } from '../../bin/parts/engine.ts';
import { freePort } from '../../bin/parts/ports.ts';
import { caseWorkflowId } from '../../workflows/messages.ts';
import { apiOf } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';

/** The engine is killed with SIGKILL under a running worker and API, and started again on its own folder and port. */
describe('the engine is killed and comes back', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-engine-'));
  let port: number;
  let engine: Engine;
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;
  const start = async () => {
    engine = await startEngine({ folder, keptIn: path.resolve('.data/temporal'), port });
  };

  beforeAll(async () => {
    port = await freePort();
    await start();
    const pupils = { ada: { '2026-09-10': 'O' }, ben: { '2026-09-10': 'O' }, cas: {}, dot: { '2026-09-10': 'O' } };
    school = await aSchool({
      today: '2026-09-21',
      pupils,
      engine: { TEMPORAL_ADDRESS: engine.address, TEMPORAL_NAMESPACE: 'default' },
    });
    api = await apiOf(school);
  });
  afterAll(async () => {
    await api.stop();
    await school.end();
    await engine.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const statuses = async (pupil: string) => (await school.lettersOf(pupil)).map(({ status }) => status);
  const mailsTo = (pupil: string) => school.mail.received.filter(({ to }) => to.startsWith(pupil)).length;
  const undelivered = () => school.db.outbox.findMany({ where: { deliveredAt: null } });

  it('a decision made meanwhile is 503 and nothing of it is kept; what was approved before still stands', async () => {
    for (const pupil of ['ada', 'dot']) expect((await (await api.approval(pupil))()).status).toBe(200);
    school.mail.behave('slow');
    await school.release('dot');
    await until(async () => mailsTo('dot') === 2);
    const approve = await api.approval('ben');
    const { pid } = JSON.parse(readFileSync(path.join(folder, 'engine.pid.json'), 'utf8')) as { pid: number };
    process.kill(pid, 'SIGKILL');
    await engine.ended;
    const { id } = await school.caseOf('ben');
    const before = await school.db.ledgerEvent.count({ where: { matterId: id } });
    const reply = await approve();
    expect([reply.status, reply.type]).toEqual([503, 'application/problem+json; charset=utf-8']);
    expect(reply.body.detail).toMatch(/engine does not answer.*Nothing was decided/);
    expect(await school.db.ledgerEvent.count({ where: { matterId: id } })).toBe(before);
    expect([await statuses('ada'), await statuses('ben')]).toEqual([['waiting', 'waiting'], []]);
  });

  it('an import made meanwhile comes in, opens its cases, and keeps what it has to tell the engine', async () => {
    school.pupils.cas = { '2026-09-10': 'O' };
    school.pupils.ben = { '2026-09-10': 'O', '2026-09-11': 'O' };
    const done = await school.feed(['2026-09-10', '2026-09-11'], '2026-09-21', 'meanwhile');
    expect(done).toMatchObject({ status: 'done', changed: 4, casesOpened: 1, casesTold: 1 });
    expect((await undelivered()).map(({ kind }) => kind).sort()).toEqual(['start', 'tell']);
    expect(await school.proposals('cas')).toMatchObject([{ action: { template: 'letter-1' } }]);
  });

  it('back again, the engine is told all of it once, and the decision can be made', async () => {
    await start();
    await until(async () => (await undelivered()).length === 0);
    const { pupilId } = await school.caseOf('cas');
    const running = await school.engine.client.workflow.getHandle(caseWorkflowId(pupilId)).describe();
    expect(running.status.name).toBe('RUNNING');
    const ben = (await school.caseOf('ben')).id;
    const heard = () => school.db.matterInput.count({ where: { matterId: ben, key: { startsWith: 'import:' } } });
    await until(async () => (await heard()) === 1);
    for (const pupil of ['ben', 'cas']) {
      const approve = await api.approval(pupil);
      await until(async () => (await approve()).status === 200);
    }
  });

  it('a letter that was in the middle of being sent was sent, and is not sent again', async () => {
    await until(async () => (await statuses('dot')).join() === 'sent,sent');
    const { id } = await school.caseOf('dot');
    const heard = () => school.db.matterInput.count({ where: { matterId: id, key: { startsWith: 'letter:' } } });
    await until(async () => (await heard()) === 2);
    expect(mailsTo('dot')).toBe(2);
  });

  it('each letter goes once, cases go on, and every ledger is whole', async () => {
    school.mail.behave('kind');
    await school.stepTo('2026-09-22');
    const all = ['ada', 'ben', 'cas', 'dot'].flatMap((name) => [1, 2].map((n) => `${name}.${n}@families.example`));
    expect(school.familiesReached()).toEqual(all);
    expect(await school.wrongs()).toEqual([]);
  });
});
