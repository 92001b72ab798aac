import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { verify } from '@node-rs/argon2';
import { keepPolicyPacks } from '../../bin/keep-policy-packs.ts';
import { command as trainingFiles } from '../../bin/training-files.ts';
import { demoPassword } from '../../policy/training/demo-password.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { firstbell } from '../support/firstbell.ts';
import { aDatabase } from '../support/servers.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'firstbell-school-'));
let DATABASE_URL: string;
let db: Db;
beforeAll(async () => {
  DATABASE_URL = await aDatabase();
  db = connect(DATABASE_URL);
  await keepPolicyPacks(DATABASE_URL);
});
afterAll(async () => {
  await db.$disconnect();
  rmSync(folder, { recursive: true });
});

const command = (args: string[], piped = '') => firstbell(args, { DATABASE_URL }, piped);
const example = 'docs/examples/school.yaml';

describe('firstbell school', () => {
  it('sets a school up from its file, says what is still to be done, and changes nothing the second time', async () => {
    const { code, out, err } = await command(['school', example]);
    expect([code, err]).toEqual([0, '']);
    expect(out).toContain("School st-anne: new, St Anne's School.\n");
    expect(out).toMatch(/\nTo do: 6 accounts have no password yet: firstbell password EMAIL sets one\.\n$/);
    const { out: again } = await command(['school', example]);
    expect(again).toMatch(/^Nothing changed: St Anne's School is as the file says\.\n/);
  });

  it('names each thing that is wrong with its line and cure, and takes nothing', async () => {
    const file = path.join(folder, 'wrong.yaml');
    const text = readFileSync(example, 'utf8').replace('school: st-anne', 'school: St Anne').replace('role: sal', 'role: lead');
    writeFileSync(file, text);
    expect(await command(['school', file])).toEqual({
      code: 1,
      out: '',
      err: expect.stringMatching(
        /^wrong\.yaml cannot be taken yet:\n {2}line 3, school: Use .*\n {2}line 34, staff 1, role: Use one of/,
      ),
    });
    expect(await db.school.count()).toBe(1);
  });

  it.each<[string, string[], Record<string, string>, number, RegExp]>([
    ['no file', ['school'], {}, 2, /Name one file/],
    ['a file that is not there', ['school', 'nowhere.yaml'], {}, 1, /There is no file nowhere\.yaml/],
    ['no database that runs', ['school', example, '--data', folder], { DATABASE_URL: '' }, 1, /No database runs in .*npm start/],
    [
      'a database that does not answer',
      ['school', example],
      { DATABASE_URL: 'postgresql://a:b@127.0.0.1:9/x' },
      1,
      /^The database does not answer: see that it runs/,
    ],
  ])('says what is wrong: %s', async (_, args, env, code, says) => {
    const ended = await firstbell(args, { DATABASE_URL, ...env });
    expect([ended.code, ended.err]).toEqual([code, expect.stringMatching(says)]);
  });
});

describe('firstbell password', () => {
  const lead = 'a.yusuf@st-anne.example';
  const hashOf = async () => (await db.user.findUniqueOrThrow({ where: { email: lead } })).passwordHash;

  it('takes one from standard input, and signs the account out where it was signed in', async () => {
    const { id: userId } = await db.user.findUniqueOrThrow({ where: { email: lead } });
    const session = (sid: string, sess: object) => ({ sid, sess, expire: new Date(Date.now() + 60_000) });
    await db.signInSession.createMany({ data: [session('hers', { userId }), session('other', { userId: 'other' })] });
    const { code, out, err } = await command(['password', 'A.Yusuf@st-anne.example'], 'a few plain words\n');
    expect([code, err]).toEqual([0, '']);
    expect(out).toMatch(/^The password of a\.yusuf@st-anne\.example is set/);
    expect(await verify((await hashOf()) ?? '', 'a few plain words')).toBe(true);
    expect((await db.signInSession.findMany()).map(({ sid }) => sid)).toEqual(['other']);
  });

  it.each([
    ['a short one', 'tiny word\n', /^This password was not taken\. It is shorter than 12 characters/],
    ['one with the name of the address', 'A.Yusuf and more words\n', /^This password was not taken\. It holds "a\.yusuf"/],
    ['the demo password', `${demoPassword}\n`, /^This password was not taken\. It is the password of the demo accounts/],
    ['nothing', '', /^Standard input is empty/],
  ])('refuses %s, and keeps the one there is', async (_, piped, says) => {
    const before = await hashOf();
    const ended = await command(['password', lead], piped);
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(says)]);
    expect(ended.err).not.toContain(piped.trim() || 'no words');
    expect(await hashOf()).toBe(before);
  });

  it.each([
    ['an account that is not there', 'nobody@st-anne.example', /^There is no account nobody@st-anne\.example: add it/],
    ['an account that is switched off', 'c.booth@st-anne.example', /is switched off/],
  ])('says so: %s', async (_, email, says) => {
    await db.user.updateMany({ where: { email: 'c.booth@st-anne.example' }, data: { active: false } });
    const ended = await command(['password', email], 'a few plain words\n');
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(says)]);
  });
});

describe('firstbell training-files', () => {
  const write = (...args: string[]) => firstbell(['training-files', ...args]);

  it('writes a class of the training school as files, and never over a file that says something else', async () => {
    const into = path.join(folder, 'practice');
    const first = await write(into, '--from', '2026-09-02', '--to', '2026-09-04', '--class', '9A');
    expect([first.code, first.err]).toEqual([0, '']);
    expect(readdirSync(into).sort()).toEqual(['contacts.csv', 'marks-2026-09-02-to-2026-09-04.csv', 'pupils.csv']);
    const next = await write(into, '--from', '2026-09-07', '--class', '9A');
    expect([next.code, next.out]).toEqual([0, expect.stringContaining('marks-2026-09-07.csv: 66 rows')]);
    const other = await write(into, '--from', '2026-09-08', '--class', '9B');
    expect([other.code, other.err]).toEqual([1, expect.stringMatching(/pupils\.csv is there already and says something else/)]);
    expect(readdirSync(into)).toHaveLength(4);
  });

  it.each<[string, string[], RegExp]>([
    ['no folder', ['--from', '2026-09-02'], /Name the folder/],
    ['no date', ['x'], /--from takes a date from 2026-09-02 to 2027-07-21/],
    [
      'days without school',
      ['x', '--from', '2026-10-24', '--to', '2026-10-25'],
      /There is no school from 2026-10-24 to 2026-10-25/,
    ],
    ['a class that is none', ['x', '--from', '2026-09-02', '--class', '9Z'], /There is no class 9Z\. Classes: 1A, /],
  ])('says what is wrong: %s', async (_, args, says) => {
    await expect(trainingFiles.run(args)).rejects.toMatchObject({ name: 'WrongUse', message: expect.stringMatching(says) });
  });
});
