import { randomUUID } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { importRegisterFile, lookAtRegisterFile } from '../../../activities/register/import-register-file.ts';
import { started } from '../../../activities/register/import-row.ts';
import { takeImport } from '../../../activities/register/take-import.ts';
import { takeIn } from '../../../bin/watch/take-in.ts';
import { guess } from '../../../policy/register/file-how.ts';
import { readMapping } from '../../../policy/register/mapping/read-mapping.ts';
import { correctedWithoutReason } from '../../../prisma/changed-rows.ts';
import { fingerprint } from '../../../prisma/imports.ts';
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

describe('a layout that says why', () => {
  const text = `mapping: nightly
title: Nightly
rests on: our own export
kind: marks
reason: As the office put it right in our own system
columns: { admission_no: Adno, date: Day, session: Half, code: Mark }
`;
  const layout = readMapping(text, 'nightly.yaml');
  const nightly = (code: string) => `Adno,Day,Half,Mark\nA1,2026-09-14,AM,${code}\n`;
  async function laid(code: string, reason?: string) {
    const folder = await mkdtemp(path.join(tmpdir(), 'firstbell-laid-'));
    await writeFile(path.join(folder, 'marks.csv'), nightly(code));
    const into = { deps: school.deps, schoolId, today: async () => on, mappings: new Map([['marks' as const, layout]]), reason };
    expect(await takeIn(folder, [{ name: 'marks.csv', kind: 'marks' }], into)).toBe(0);
    return (await corrections())[0];
  }

  it('is believed where neither the run nor the row says another', async () => {
    expect(await laid('M')).toMatchObject({ is: 'M', reason: 'As the office put it right in our own system' });
    expect(await laid('C', 'Term was checked')).toMatchObject({ is: 'C', reason: 'Term was checked' });
  });

  it.each([
    ['the layout was guessed', guess, undefined],
    ['the layout was named', layout, undefined],
    ['whoever brought it gave another', layout, 'The office rang round'],
  ] as const)('is kept with what somebody looks at, who is not asked again, where %s', async (_, mapping, reason) => {
    await school.db.schoolMapping.deleteMany();
    const kept = { schoolId, name: 'nightly', title: 'Nightly', kind: 'marks', text, keptBy: 'lead' };
    await school.db.schoolMapping.create({ data: kept });
    const importId = randomUUID();
    const order = { schoolId, fileName: 'typed.csv', by: 'lead', on, importId, mapping };
    await started(school.db, importId, 'marks', 'waiting', { ...order, reason });
    const code = (await corrections())[0]?.is === 'I' ? 'M' : 'I';
    await lookAtRegisterFile('marks', school.deps, () => Readable.from([Buffer.from(nightly(code))]), order);
    expect(await correctedWithoutReason(school.db, importId)).toBe(0);
    const { effects } = await school.db.registerImport.findUniqueOrThrow({ where: { id: importId } });
    await takeImport(school.deps, { schoolId, importId, on, by: 'lead', seen: fingerprint(effects), leaveOutRejected: false });
    expect((await corrections())[0]).toMatchObject({ is: code, reason: reason ?? layout.reason });
  });
});
