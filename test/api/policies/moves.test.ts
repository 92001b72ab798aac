import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { moveCases } from '../../../api/policies/moves.ts';
import { keepPack } from '../../../prisma/packs.ts';
import { aDesk } from '../../support/desk.ts';
import { aSchool } from '../../support/school.ts';
import { packFile } from '../../support/told-case.ts';

const written = readFileSync(packFile, 'utf8');
const absent = { '2026-09-10': 'O' };

let school: Awaited<ReturnType<typeof aSchool>>;
let desk: Awaited<ReturnType<typeof aDesk>>;
let lead: Awaited<ReturnType<typeof desk.signedIn>>;
beforeAll(async () => {
  school = await aSchool({ today: '2026-09-21', pupils: { ann: absent, bo: absent, cy: absent, di: absent }, workerless: true });
  desk = await aDesk({ db: school.db, databaseUrl: school.config.DATABASE_URL });
  lead = await desk.signedIn('sal');
});
afterAll(async () => {
  await desk?.stop();
  await school?.end();
});

const keep = async (right: string, wrong: string) => {
  expect(written).toContain(right);
  return (await keepPack(school.db, written.replaceAll(right, wrong), 'gloucestershire.yaml')).version;
};
const asks = async (pupil: string) => {
  const rows = await school.db.proposal.findMany({ where: { pupilId: school.idOf(pupil), status: 'open' } });
  return rows.map(({ body, role }) => `${(body as { action: { template?: string } }).action.template} of ${role}`);
};
const inForce = async (): Promise<string> => (await (await desk.tokenOf('sal')).get('/api/v1/policy-moves')).body.version;
const version = async (pupil: string) => (await school.caseOf(pupil)).packVersion;

describe('a new version of the policy', () => {
  let second: string;
  beforeAll(async () => {
    second = await keep(
      'template: letter-1, enclose: [leaflet], approved by: attendance lead',
      'template: letter-1, enclose: [leaflet], approved by: headteacher',
    );
  });

  it('leaves running cases on theirs, and says of each what moving it would change', async () => {
    const page = (await lead.get('/policy-moves')).text;
    expect(page).toContain('ann Testing, class 9A');
    expect(page).toMatch(
      /at the stage “letter 1”, under the version of Gloucestershire trust attendance policy in force from .* 20\d\d, kept on/,
    );
    expect(page).not.toMatch(/version [0-9a-f]{16}/);
    expect(page).toContain('No longer asked of the senior attendance lead: Letter 1');
    expect(page).toContain('Asked of the headteacher instead: Letter 1');
    expect([(await version('ann')) === second, await asks('ann')]).toEqual([false, ['letter-1 of sal']]);
  });

  it('moves those that are ticked, each once, and nobody else’s', async () => {
    const { id } = await school.caseOf('ann');
    const none = await lead.post('/policy-moves', { version: second, cases: [] });
    expect([none.status, none.text]).toEqual([422, expect.stringContaining('href="#cases"')]);
    const done = await lead.post('/policy-moves', { version: second, cases: [id, id, randomUUID()] });
    expect([done.status, done.headers.location]).toEqual([303, '/policy-moves']);
    expect([await version('ann'), await asks('ann')]).toEqual([second, ['letter-1 of headteacher']]);
    expect([(await version('bo')) === second, await asks('bo')]).toEqual([false, ['letter-1 of sal']]);
    const story = (await lead.get(`/cases/${id}`)).text;
    expect(story).toContain('Moved to another version of the policy');
    expect((await lead.get('/policy-moves')).text).not.toContain('ann Testing');
  });

  it('is nobody’s to move to who does not lead', async () => {
    const teacher = await desk.signedIn('class-teacher');
    expect((await teacher.get('/policy-moves')).status).toBe(403);
  });
});

describe('a version that has not the stage of a case', () => {
  it('moves it only to a stage that a person chose', async () => {
    const third = await keep('letter 1', 'first letter');
    const machine = await desk.tokenOf('sal');
    const { id } = await school.caseOf('bo');
    const { body } = await machine.get('/api/v1/policy-moves');
    expect(body.cases.find((one: { id: string }) => one.id === id)).toMatchObject({
      refused: expect.stringContaining('The new version has no stage "letter 1": choose where the case goes on'),
    });
    const kept = await machine.post('/api/v1/policy-moves', { version: third, cases: [id] }, randomUUID());
    expect(kept.body).toMatchObject({ moved: [], kept: [{ id }] });
    const page = (await lead.get('/policy-moves?stage=first%20letter')).text;
    expect(page).toContain('It would go on at the stage “first letter”, now “letter 1”');
    const order = { version: third, cases: [id], stage: 'first letter' };
    expect((await machine.post('/api/v1/policy-moves', order, randomUUID())).body).toEqual({ moved: [id], kept: [] });
    expect((await school.caseOf('bo')).stage).toBe('first letter');
    expect(await asks('bo')).toEqual(['letter-1 of sal']);
  });

  it('waits for an engine that has stopped answering once, and not for each case that is left', async () => {
    const version = await inForce();
    const cases = await Promise.all(['ann', 'cy', 'di'].map(async (pupil) => (await school.caseOf(pupil)).id));
    const asked: string[] = [];
    const decide: typeof desk.decide = (said) =>
      asked.push(said.matterId) === 1 ? desk.decide(said) : school.matters.decide(said);
    const user = await school.db.user.findFirstOrThrow({ where: { role: 'sal' } });
    const deps = { db: school.db, matters: { ...school.matters, decide } };
    const ctx = { deps, user, at: Date.now(), key: randomUUID() } as unknown as Parameters<typeof moveCases>[0];
    const done = await moveCases(ctx, { version, cases, stage: 'first letter' });
    expect([done.moved, asked.length]).toEqual([asked.slice(0, 1), 2]);
    const left = cases.filter((id) => !done.moved.includes(id));
    expect(done.kept.map(({ id }) => id).sort()).toEqual(left.sort());
    for (const { why } of done.kept) expect(why).toMatch('The case engine does not answer just now');
    const [, last] = done.kept;
    expect(last?.why).toMatch('Nothing was decided');
  });

  it('is moved to no other version than the one that was looked at', async () => {
    const { id } = await school.caseOf('ann');
    const machine = await desk.tokenOf('sal');
    const reply = await machine.post('/api/v1/policy-moves', { version: '0'.repeat(16), cases: [id] }, randomUUID());
    expect([reply.status, reply.body.detail]).toEqual([
      409,
      expect.stringContaining('Another version of the policy is in force'),
    ]);
  });
});

it('after the school followed another policy the page names the one that cases began under, with the way to it', async () => {
  expect((await lead.get('/policy-moves')).text).not.toContain('began under another policy');
  await keepPack(school.db, readFileSync(new URL('../../../policy/packs/demat.yaml', import.meta.url), 'utf8'), 'demat.yaml');
  await school.db.school.updateMany({ data: { packId: 'demat' } });
  const { text } = await lead.get('/policy-moves');
  expect(text).toContain('New cases begin under the version of DEMAT attendance policy');
  expect(text).toMatch(
    /began under another policy, which the school followed before: <a class="govuk-link" href="\/policies\/gloucestershire">Gloucestershire trust attendance policy<\/a>\./,
  );
});
