import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { importRegisterFile, lookAtRegisterFile } from '../../../activities/register/import-register-file.ts';
import { started } from '../../../activities/register/import-row.ts';
import { takeImport } from '../../../activities/register/take-import.ts';
import { takeIn } from '../../../bin/watch/take-in.ts';
import { correctionsOf } from '../../../prisma/register.ts';
import { anApp } from '../../support/app.ts';
import { passwordHash, signIn, submit } from '../../support/callers.ts';
import { aDesk, emailOf } from '../../support/desk.ts';
import { aRegister, csvOf, markCells, schoolId } from './a-register.ts';

const on = '2026-10-16';
let school: Awaited<ReturnType<typeof aRegister>>;
const corrections = async () => correctionsOf(school.db, await school.idOf('A1'), { from: '2026-09-01', to: on });
const file = (code: string, reason = '') => csvOf('marks', [markCells(['A1', '2026-09-14', 'AM', code, reason])]);

beforeAll(async () => {
  school = await aRegister();
  const lead = { id: 'lead', name: 'Priya Nair', role: 'sal', email: emailOf('sal'), schoolId };
  await school.db.user.create({ data: lead });
  await school.file('marks', file('N'));
});
afterAll(() => school?.end());

it('a correction keeps the name and the role of then, whatever becomes of the account', async () => {
  const order = { schoolId, fileName: 'today.csv', by: 'lead', on };
  await importRegisterFile('marks', school.deps, () => Readable.from([Buffer.from(file('I', 'The mother rang'))]), order);
  await school.db.user.update({ where: { id: 'lead' }, data: { name: 'Priya Shah', role: 'headteacher' } });
  expect(await corrections()).toMatchObject([
    { was: 'N', is: 'I', reason: 'The mother rang', by: 'lead', byName: 'Priya Nair', byRole: 'sal' },
  ]);
  const desk = await aDesk({ db: school.db, databaseUrl: school.url });
  const browser = await desk.signedIn('sal');
  const { text } = await browser.get(`/register/${await school.idOf('A1')}`).expect(200);
  expect(text).toContain('Priya Nair, Senior attendance lead');
  await desk.stop();
});

it('one by a folder names it and who runs it, and the reason that was given for the run', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'firstbell-laid-'));
  await writeFile(path.join(folder, 'marks.csv'), file('M'));
  const into = { deps: school.deps, schoolId, today: async () => on, mappings: new Map(), reason: 'The nightly file' };
  await takeIn(folder, [{ name: 'marks.csv', kind: 'marks' }], into);
  const [last] = await corrections();
  expect(last).toMatchObject({ was: 'I', is: 'M', reason: 'The nightly file', by: null, byRole: null });
  expect(last?.byName).toMatch(/^The watched folder, run by \S.* on the server$/);
});

it('one of a file without reasons, for which nobody gave one, says just that', async () => {
  await school.file('marks', file('C'));
  expect((await corrections())[0]).toMatchObject({ is: 'C', reason: null, fileName: 'marks.csv' });
  const desk = await aDesk({ db: school.db, databaseUrl: school.url });
  const { text } = await (await desk.signedIn('sal')).get(`/register/${await school.idOf('A1')}`).expect(200);
  expect(text).toContain('The file marks.csv gave no reason');
  await desk.stop();
});

it('one of a file that somebody looks at asks why, and keeps that with the name of whoever took it', async () => {
  const ada = { id: 'office', name: 'Ada Okoye', role: 'attendance-officer', email: emailOf('attendance-officer'), schoolId };
  await school.db.user.create({ data: { ...ada, passwordHash: await passwordHash() } });
  const importId = randomUUID();
  const order = { schoolId, fileName: 'typed.csv', by: 'lead', on, importId, mapping: undefined };
  await started(school.db, importId, 'marks', 'waiting', order);
  await lookAtRegisterFile('marks', school.deps, () => Readable.from([Buffer.from(file('I'))]), order);
  const { app, end } = anApp(school.db, school.url, { takeImport: (asked) => takeImport(school.deps, { ...asked, on }) });
  const office = await signIn(app, emailOf('attendance-officer'));
  const page = `/imports/${importId}`;
  const { text } = await office.get(page).expect(200);
  expect(text).toContain('Why is a known mark corrected?');
  const yes = { do: 'take', seen: /name="seen" value="(\w+)"/.exec(text)?.[1] ?? '' };
  const unsaid = await submit(office, page, { ...yes, reason: ' ' });
  expect([unsaid.status, unsaid.text]).toEqual([422, expect.stringMatching(/href="#reason">Say why the register is corrected/)]);
  expect((await corrections())[0]).toMatchObject({ is: 'C' });
  expect((await submit(office, page, { ...yes, reason: 'The father rang' })).status).toBe(303);
  expect((await corrections())[0]).toMatchObject({
    was: 'C',
    is: 'I',
    reason: 'The father rang',
    by: 'office',
    byName: 'Ada Okoye',
  });
  await end();
});
