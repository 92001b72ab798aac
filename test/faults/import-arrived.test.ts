import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { keepArrived, readArrived } from '../../activities/register/arrived-file.ts';
import { cancelImport } from '../../activities/register/cancel-import.ts';
import { importRegisterFile } from '../../activities/register/import-register-file.ts';
import { casesOpener } from '../../bin/cases-opener.ts';
import { freePort } from '../../bin/parts/ports.ts';
import { mostKept } from '../../policy/register/largest-file.ts';
import { trainingSchool } from '../../policy/training/staff.ts';
import { importOf } from '../../prisma/imports.ts';
import { apiOf, hiddenIn } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';
import { apiProcessOf } from '../support/worker-of.ts';

const csv = (code: string, session = 'AM') => `admission_no,date,session,code\nada,2026-09-10,${session},${code}\n`;
const at = (fileName: string) => `/imports?kind=marks&fileName=${fileName}`;

let school: Awaited<ReturnType<typeof aSchool>>;
let api: Awaited<ReturnType<typeof apiOf>>;
beforeAll(async () => {
  school = await aSchool({ today: '2026-09-21', pupils: { ada: {} }, workerless: true });
  api = await apiOf(school);
});
afterAll(async () => {
  await api.stop();
  await school.end();
});

const listed = (fileName: string) => school.db.registerImport.findMany({ where: { fileName } });
const believed = async () =>
  (await school.db.mark.findMany({ where: { day: new Date('2026-09-10'), session: 'AM', knownUntil: null } })).map(
    ({ code }) => code,
  );

/** The server ends while another import still reads its file. */
describe('files that have arrived and wait for their turn', () => {
  const source = new PassThrough();
  const key = randomUUID();
  let pool: pg.Pool;
  let first: ReturnType<typeof importRegisterFile>;
  let looked = '';

  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: school.config.DATABASE_URL, max: 2 });
    const order = { schoolId: trainingSchool.id, fileName: 'slow.csv', by: null, on: '2026-09-21' };
    first = importRegisterFile('marks', { db: school.db, pool, openCases: casesOpener() }, source, order);
    source.write(csv('I', 'PM'));
    await until(async () => (await listed('slow.csv'))[0]?.status === 'running');
  });
  afterAll(async () => {
    source.destroy();
    await first.catch(() => undefined);
    await pool.end();
  });

  it('are kept and listed, also where whoever sent one hangs up', async () => {
    const client = new AbortController();
    const sent = api.postFile(at('early.csv'), csv('I'), key, client.signal).catch(() => 'hung up');
    await until(async () => (await listed('early.csv')).length === 1);
    client.abort();
    expect(await sent).toBe('hung up');
    const late = api.postFile(at('late.csv'), csv('M'), randomUUID()).catch(() => 'cut off');
    await until(async () => (await listed('late.csv')).length === 1);
    const office = await api.browser('attendance-officer');
    const { text } = await office.get('/imports').expect(200);
    const fields = { _csrf: hiddenIn(text, '_csrf'), decisionKey: hiddenIn(text, 'decisionKey'), kind: 'marks' };
    const { headers } = await office
      .post('/imports')
      .field(fields)
      .attach('file', Buffer.from(csv('L')), 'looked-at.csv')
      .expect(303);
    looked = headers.location ?? '';
    expect(await school.db.arrivedFile.count()).toBe(3);
    await api.stop();
    expect(await late).toBe('cut off');
  });

  it('are taken up by the next server, hours later as well, once and in the order in which they came', async () => {
    for (const [fileName, hours] of [['early.csv', 5] as const, ['late.csv', 4] as const, ['looked-at.csv', 3] as const])
      await school.db.registerImport.updateMany({
        where: { fileName },
        data: { startedAt: new Date(Date.now() - hours * 3_600_000) },
      });
    api = await apiOf(school);
    const office = await api.browser('attendance-officer');
    expect((await office.get(looked)).text).toContain('Another import of the school has to end first');
    const asked = [api.postFile(at('early.csv'), csv('I'), key), api.postFile(at('early.csv'), csv('I'), key)];
    expect(await Promise.race(asked)).toMatchObject({ status: 200, body: { status: 'waiting' } });
    const mark = { on: '2026-09-11', session: 'AM', code: 'I', reason: 'The father rang' };
    const holder = await pool.connect();
    await holder.query('BEGIN; LOCK TABLE arrived_file_part IN ACCESS EXCLUSIVE MODE');
    source.end();
    expect(await first).toMatchObject({ status: 'done', changed: 1 });
    await until(async () => (await listed('early.csv'))[0]?.status === 'running');
    const corrected = api.post(`/register/pupils/${school.idOf('ada')}/marks`, mark, randomUUID());
    await new Promise((waits) => setTimeout(waits, 1_000));
    await holder.query('ROLLBACK');
    holder.release();
    await until(async () => (await listed('late.csv'))[0]?.status === 'done');
    expect(await corrected).toMatchObject({ status: 200, body: { changed: 1 } });
    const [put] = await listed('One mark, on the pupil’s page');
    const [late] = await listed('late.csv');
    expect(put?.finishedAt?.getTime()).toBeLessThan(late?.finishedAt?.getTime() ?? 0);
    expect(await believed()).toEqual(['M']);
    expect([await listed('early.csv'), await listed('late.csv')]).toMatchObject([
      [{ status: 'done', changed: 1, reason: expect.stringContaining('early.csv') }],
      [{ status: 'done', changed: 1 }],
    ]);
    await until(async () => /This is what the file would do/.test((await office.get(looked)).text));
    expect((await Promise.all(asked)).map(({ body }) => body.status).sort()).toEqual(['done', 'waiting']);
    expect((await api.postFile(at('early.csv'), csv('I'), key)).body).toMatchObject({ status: 'done', changed: 1 });
    expect(await listed('early.csv')).toHaveLength(1);
    expect([await school.db.arrivedFile.count(), await school.db.arrivedFilePart.count()]).toEqual([0, 0]);
  });

  it('are refused when too much waits for the school, and can be sent once that is in', async () => {
    const { id } = await school.db.registerImport.create({
      data: { schoolId: trainingSchool.id, kind: 'marks', fileName: 'large.csv', sha256: '', status: 'looked' },
    });
    await school.db.arrivedFile.create({ data: { importId: id, aim: 'look', bytes: mostKept - 10 } });
    const again = randomUUID();
    expect(await api.postFile(at('much.csv'), csv('I'), again)).toMatchObject({
      status: 409,
      body: { detail: expect.stringMatching(/^Files of more than 400 MB would wait for this school/) },
    });
    expect(await listed('much.csv')).toEqual([]);
    await school.db.arrivedFile.deleteMany();
    expect(await api.postFile(at('much.csv'), csv('I'), again)).toMatchObject({ status: 200, body: { status: 'done' } });
  });

  it('are kept no longer once refused or cancelled, and may be sent again with the same key when put right', async () => {
    const again = randomUUID();
    const wrong = csv('/').replace('ada', 'bob');
    expect(await api.postFile(at('wrong.csv'), wrong, again)).toMatchObject({ status: 422 });
    expect(await school.db.arrivedFile.count()).toBe(0);
    await school.db.pupil.updateMany({ where: { admissionNo: 'ada' }, data: { admissionNo: 'bob' } });
    expect(await api.postFile(at('wrong.csv'), wrong, again)).toMatchObject({ status: 200, body: { status: 'done' } });
    await school.db.pupil.updateMany({ where: { admissionNo: 'bob' }, data: { admissionNo: 'ada' } });
    expect(await school.db.arrivedFile.count()).toBe(0);
  });
});

describe('a file of more than one piece', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-arrived-'));
  const file = path.join(folder, 'marks.csv');
  const bytes = randomBytes(2_500_001);
  const importId = randomUUID();
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is read as it came, as often as it is asked for, and not when it was cancelled meanwhile', async () => {
    writeFileSync(file, bytes);
    const of = { schoolId: trainingSchool.id, fileName: 'marks.csv', by: null };
    const arriving = { importId, kind: 'marks', of, aim: 'take', layout: null } as const;
    expect(await keepArrived(school.db, file, arriving)).toBe(true);
    expect(await keepArrived(school.db, file, arriving)).toBe(false);
    expect(bytes.equals(await buffer(readArrived(school.db, importId)))).toBe(true);
    expect(bytes.equals(await buffer(readArrived(school.db, importId)))).toBe(true);
    const half = readArrived(school.db, importId);
    await once(half, 'readable');
    await cancelImport(school.db, { schoolId: trainingSchool.id, importId });
    await expect(buffer(half)).rejects.toMatchObject({ code: 'Closed' });
    expect(await school.db.arrivedFilePart.count()).toBe(0);
  });
});

/** As a machine that loses its power: nobody writes down what was interrupted. */
describe('a server that is killed while it takes a file in', () => {
  it('leaves it to the next, which takes it in once', async () => {
    const port = await freePort();
    const served = await apiProcessOf(school, port);
    const holder = new pg.Client({ connectionString: school.config.DATABASE_URL });
    await holder.connect();
    await holder.query('BEGIN; LOCK TABLE mark IN SHARE MODE');
    const key = randomUUID();
    const headers = { Authorization: `Bearer ${api.token}`, 'Content-Type': 'text/csv', 'Idempotency-Key': key };
    const url = `http://127.0.0.1:${port}/api/v1${at('cut-off.csv')}`;
    const sent = fetch(url, { method: 'POST', headers, body: csv('B') }).catch(() => 'cut off');
    await until(async () => {
      const { rows } = await holder.query(`SELECT FROM pg_locks WHERE NOT granted AND relation = 'mark'::regclass`);
      return rows.length > 0;
    });
    await served.kill();
    expect(await sent).toBe('cut off');
    const [row] = await listed('cut-off.csv');
    expect(await importOf(school.db, trainingSchool.id, row?.id ?? '')).toMatchObject({ status: 'running' });
    await holder.query('ROLLBACK');
    await holder.end();
    await api.stop();
    api = await apiOf(school);
    await until(async () => (await listed('cut-off.csv'))[0]?.status !== 'running');
    await until(async () => (await school.db.arrivedFile.count()) === 0);
    expect(await listed('cut-off.csv')).toMatchObject([{ status: 'done', changed: 1 }]);
    expect(await believed()).toEqual(['B']);
  });

  it('leaves a key under which what was refused since is refused', async () => {
    const [key, file] = [randomUUID(), csv('QQ')];
    const first = await api.postFile(at('wrong.csv'), file, key);
    expect(first.status).toBe(422);
    const { importId, problems } = first.body as { importId?: string; problems?: unknown };
    const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
    const known = await school.db.idempotentReply.findFirstOrThrow();
    const left = { key: `${known.key.split(':')[0]}:${key}`, requestHash: sha256(`/api/v1${at('wrong.csv')}\n${sha256(file)}`) };
    await school.db.idempotentReply.create({ data: { ...left, createdAt: new Date() } });
    const again = await api.postFile(at('wrong.csv'), file, key);
    expect(again).toMatchObject({ status: 422, body: { importId, problems } });
  });
});
