import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { importRegisterFile } from '../../activities/register/import-register-file.ts';
import { casesOpener } from '../../bin/cases-opener.ts';
import { trainingSchool } from '../../policy/training/staff.ts';
import { apiOf, hiddenIn } from '../support/api-of.ts';
import { aSchool } from '../support/school.ts';
import { until } from '../support/until.ts';

const csv = 'admission_no,date,session,code\nada,2026-09-10,AM,I\n';

/** A second import of a school while its first still reads its file. */
describe('an import during another', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-busy-'));
  const file = path.join(folder, 'marks.csv');
  const source = new PassThrough();
  let school: Awaited<ReturnType<typeof aSchool>>;
  let api: Awaited<ReturnType<typeof apiOf>>;
  let pool: pg.Pool;
  let first: ReturnType<typeof importRegisterFile>;
  let waiting = '';
  let looked: { id?: string; status?: string; look?: { seen: string } };
  let queued: Promise<number[]>;
  let again: () => Promise<{ status?: string }>;

  beforeAll(async () => {
    writeFileSync(file, csv);
    school = await aSchool({ today: '2026-09-21', pupils: { ada: {}, bob: {} }, workerless: true });
    api = await apiOf(school);
    pool = new pg.Pool({ connectionString: school.config.DATABASE_URL, max: 2 });
    looked = (
      await api.postFile('/imports/look?kind=marks', 'admission_no,date,session,code\nbob,2026-09-09,AM,I\n', randomUUID())
    ).body;
    expect(looked).toMatchObject({ status: 'looked' });
    const order = { schoolId: trainingSchool.id, fileName: 'slow.csv', by: null, on: '2026-09-21' };
    first = importRegisterFile('marks', { db: school.db, pool, openCases: casesOpener() }, source, order);
    source.write(csv.replace('AM', 'PM'));
    await until(async () => (await school.db.registerImport.count({ where: { status: 'running' } })) === 1);
  });
  afterAll(async () => {
    await Promise.all([api.stop(), pool.end()]);
    await school.end();
    rmSync(folder, { recursive: true });
  });

  async function upload() {
    const office = await api.browser('attendance-officer');
    const { text } = await office.get('/imports').expect(200);
    const fields = { _csrf: hiddenIn(text, '_csrf'), decisionKey: hiddenIn(text, 'decisionKey'), kind: 'marks' };
    return office.post('/imports').field(fields).attach('file', file);
  }
  const says = async (at: string) =>
    (await (await api.browser('attendance-officer')).get(at)).text.replaceAll(/<[^>]*>|\s+/g, ' ').replaceAll(/ +/g, ' ');
  const command = (...more: string[]): Promise<{ code: unknown; err: string }> =>
    new Promise((resolve) => {
      const args = ['bin/firstbell.mjs', 'import', 'marks', file, '--school', trainingSchool.id, ...more];
      const env = { PATH: process.env.PATH, DATABASE_URL: school.config.DATABASE_URL };
      execFile(process.execPath, args, { env }, (error, _, err) => resolve({ code: error?.code ?? 0, err }));
    });

  it('waits on its page, says so to the command, and takes nothing in', async () => {
    const [page, told] = await Promise.all([upload(), command('--wait', '1')]);
    expect(page.status).toBe(303);
    waiting = page.headers.location ?? '';
    expect(await says(waiting)).toMatch(/Waiting: 0 rows so far\. Another import of the school has to end first/);
    expect(told).toEqual({ code: 1, err: expect.stringMatching(/^Another import of this school is still running.*\n$/) });
    expect(await school.db.mark.count({ where: { code: 'I' } })).toBe(0);
  });

  it('waits for its turn in a request to the API, and what was looked at waits to be taken', async () => {
    const file = 'admission_no,date,session,code\nada,2026-09-08,AM,I\n';
    const taken = { do: 'take', seen: looked.look?.seen ?? '' };
    const asked = [
      api.postFile('/imports?kind=marks', file, randomUUID()),
      api.post(`/imports/${looked.id ?? ''}/action`, taken, randomUUID()),
    ];
    let answered = 0;
    queued = Promise.all(
      asked.map(async (one) => {
        const { status } = await one;
        answered++;
        return status;
      }),
    );
    await new Promise((passed) => setTimeout(passed, 6_000));
    expect([answered, await school.db.mark.count({ where: { code: 'I' } })]).toEqual([0, 0]);
  });

  it('is listed while it waits, goes on though its sender hangs up, and is asked after with the same key', async () => {
    const rows = 'admission_no,date,session,code\nada,2026-09-09,AM,M\n';
    const key = randomUUID();
    const send = (hangUp?: AbortSignal) => api.postFile('/imports?kind=marks&fileName=hung-up.csv', rows, key, hangUp);
    const sender = new AbortController();
    const first = send(sender.signal).catch(() => 'hung up');
    await until(async () => (await school.db.registerImport.count({ where: { fileName: 'hung-up.csv' } })) === 1);
    const { body } = await send();
    expect(body).toMatchObject({ fileName: 'hung-up.csv', status: 'waiting', says: 'It waits for another import to end' });
    expect(await says('/imports')).toContain('hung-up.csv');
    sender.abort();
    expect(await first).toBe('hung up');
    expect((await send()).body).toMatchObject({ id: body.id, status: 'waiting' });
    again = async () => (await send()).body;
  });

  it('comes in once the first has ended', async () => {
    source.end();
    expect(await first).toMatchObject({ status: 'done', changed: 1 });
    expect(await queued).toEqual([200, 200]);
    await until(async () => /This is what the file would do/.test(await says(waiting)));
    expect(await command()).toEqual({ code: 0, err: '' });
    expect(await school.db.mark.count({ where: { code: 'I' } })).toBe(4);
    await until(async () => (await again()).status === 'done');
    expect(await again()).toMatchObject({ fileName: 'hung-up.csv', status: 'done', changed: 1 });
    expect(await school.db.mark.count({ where: { code: 'M' } })).toBe(1);
    expect(await school.db.registerImport.count({ where: { fileName: 'hung-up.csv' } })).toBe(1);
  });
});
