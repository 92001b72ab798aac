import { PassThrough } from 'node:stream';
import { afterEach, describe, expect, it } from '@jest/globals';
import { correctMark } from '../../../activities/register/correct-mark.ts';
import type { Deps } from '../../../api/deps.ts';
import { anApp } from '../../support/app.ts';
import { passwordHash, signIn, submit } from '../../support/callers.ts';
import { emailOf } from '../../support/desk.ts';
import { aRegister, schoolId } from './a-register.ts';

let school: Awaited<ReturnType<typeof aRegister>>;
afterEach(() => school.end());

/** A marks file whose end has not come yet. */
function halfAFile() {
  const stream = new PassThrough();
  stream.write('admission_no,date,session,code\nA1,2026-09-14,AM,I\n');
  return stream;
}
const running = async () => {
  while ((await school.db.registerImport.count({ where: { status: 'running' } })) === 0)
    await new Promise((done) => setTimeout(done, 20));
};

describe('two imports of one school', () => {
  it('follow each other: the second waits, and sees what the first did', async () => {
    school = await aRegister();
    const slow = halfAFile();
    const first = school.file('marks', slow);
    await running();
    const second = school.marks([['A1', '2026-09-14', 'AM', 'M']]);
    await new Promise((done) => setTimeout(done, 150));
    expect(await school.db.mark.count()).toBe(0);
    slow.end('A1,2026-09-14,PM,I\n');
    expect(await first).toMatchObject({ status: 'done', added: 2 });
    expect(await second).toMatchObject({ status: 'done', added: 0, changed: 1 });
    expect(await school.believed('A1')).toEqual(['2026-09-14 AM M', '2026-09-14 PM I']);
  });

  it('do not wait for ever: the second is told that the school is busy', async () => {
    school = await aRegister();
    const slow = halfAFile();
    const first = school.file('marks', slow);
    await running();
    await expect(school.marks([['A2', '2026-09-14', 'AM', '/']], { lockWaitMs: 50 })).rejects.toMatchObject({
      code: 'Busy',
      message: expect.stringMatching(
        /still running, of marks since \d\d:\d\d\. Nothing was changed\. Try again when it has ended/,
      ),
    });
    slow.end();
    expect((await first).status).toBe('done');
    expect((await school.marks([['A2', '2026-09-14', 'AM', '/']], { lockWaitMs: 50 })).status).toBe('done');
  });

  it('are told of at the page of who corrects a mark meanwhile, and nothing of what they typed is lost', async () => {
    school = await aRegister();
    const lead = { id: 'lead', name: 'Priya Nair', role: 'sal', email: emailOf('sal'), schoolId };
    await school.db.user.create({ data: { ...lead, passwordHash: await passwordHash() } });
    const slow = halfAFile();
    const first = school.file('marks', slow);
    await running();
    const correct: Deps['correctMark'] = async (asked) => {
      const { changed, casesOpened, casesTakenUp, casesTold } = await correctMark({ ...school.deps, lockWaitMs: 50 }, asked);
      return { changed, casesOpened, casesTakenUp, casesTold };
    };
    const { app, end } = anApp(school.db, school.url, { correctMark: correct, now: () => Date.parse('2026-10-16T10:00:00Z') });
    const browser = await signIn(app, emailOf('sal'));
    const pupil = `/register/${await school.idOf('A2')}`;
    const typed = { on: '2026-09-14', session: 'AM', code: 'I', reason: 'The mother rang at nine' };
    const { status, text } = await submit(browser, `${pupil}/marks`, typed, { form: pupil });
    expect([status, text]).toEqual([
      409,
      expect.stringMatching(/of marks since \d\d:\d\d\..* What you entered is still in the form/),
    ]);
    expect(text).toContain('The mother rang at nine</textarea>');
    expect(text).toMatch(/<option value="I" selected>/);
    await end();
    slow.end();
    expect((await first).status).toBe('done');
  });

  it('wait without a connection: many that wait keep nobody else from the database', async () => {
    school = await aRegister();
    const slow = halfAFile();
    const first = school.file('marks', slow);
    await running();
    const waiting = Array.from({ length: 6 }, () => school.marks([['A2', '2026-09-14', 'AM', '/']], { lockWaitMs: 5_000 }));
    const told = Promise.allSettled(waiting);
    await new Promise((done) => setTimeout(done, 300));
    const answered = school.pool.query('SELECT 1').then(() => 'answered');
    expect(await Promise.race([answered, ...waiting.map((one) => one.catch(() => 'waited'))])).toBe('answered');
    expect((await told).map(({ status }) => status)).toEqual(waiting.map(() => 'rejected'));
    slow.end();
    expect((await first).status).toBe('done');
  });

  it('ten at once all come in, none twice', async () => {
    school = await aRegister();
    const days = ['2026-09-07', '2026-09-08', '2026-09-09', '2026-09-10', '2026-09-11'];
    const all = await Promise.all(
      [...days, ...days].map((day) =>
        school.marks([
          ['A1', day, 'AM', '/'],
          ['A2', day, 'AM', 'I'],
        ]),
      ),
    );
    expect(all.map(({ added }) => added).sort()).toEqual([0, 0, 0, 0, 0, 2, 2, 2, 2, 2]);
    expect(await school.db.mark.count()).toBe(10);
  });

  it('an import whose process died is marked as refused by the next, and its rows are gone', async () => {
    school = await aRegister();
    const { id } = await school.db.registerImport.create({
      data: { schoolId, kind: 'marks', fileName: 'cut.csv', sha256: '', status: 'running' },
    });
    await school.db.stagedMark.create({
      data: {
        importId: id,
        n: 1,
        row: 2,
        pupilId: await school.idOf('A1'),
        day: new Date('2026-09-14'),
        session: 'AM',
        code: 'I',
      },
    });
    expect((await school.marks([['A1', '2026-09-14', 'AM', '/']])).status).toBe('done');
    const cut = await school.db.registerImport.findUniqueOrThrow({ where: { id } });
    expect(cut.status).toBe('refused');
    expect(cut.problems).toMatchObject([{ file: 'cut.csv', cure: expect.stringMatching(/interrupted/) }]);
    expect(await school.left()).toBe(0);
  });

  it('a source that breaks off changes nothing, and the fault is told', async () => {
    school = await aRegister();
    const slow = halfAFile();
    const first = school.file('marks', slow);
    await running();
    slow.destroy(new Error('the line was cut'));
    await expect(first).rejects.toThrow('the line was cut');
    expect([await school.db.mark.count(), await school.left()]).toEqual([0, 0]);
    expect(await school.db.registerImport.findFirst({ where: { kind: 'marks' } })).toMatchObject({ status: 'refused' });
  });

  it('a database connection cut in the middle changes nothing, and the next import comes in', async () => {
    school = await aRegister();
    const slow = halfAFile();
    const first = school.file('marks', slow);
    first.catch(() => undefined);
    await running();
    await school.db
      .$executeRaw`SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
    slow.end('A1,2026-09-14,PM,I\n');
    await expect(first).rejects.toThrow();
    expect(await school.db.mark.count()).toBe(0);
    expect(await school.marks([['A1', '2026-09-14', 'AM', '/']])).toMatchObject({ status: 'done', added: 1 });
    expect(await school.left()).toBe(0);
  });
});
