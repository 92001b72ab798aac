import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { machine } from '../support/callers.ts';
import { type TwoSchools, twoSchools } from '../support/two-schools.ts';

let schools: TwoSchools;
const empty = mkdtempSync(path.join(tmpdir(), 'firstbell-token-'));
beforeAll(async () => {
  schools = await twoSchools();
});
afterAll(async () => {
  await schools.close();
  rmSync(empty, { recursive: true });
});

type Ended = { code: number; out: string; err: string };

function token(args: string[], env: Record<string, string> = { DATABASE_URL: schools.url }): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/firstbell.mjs', 'token', ...args],
      { env: { PATH: process.env.PATH, ...env } },
      (error, out, err) => resolve({ code: typeof error?.code === 'number' ? error.code : 0, out, err }),
    );
  });
}

const asks = async (bearer: string) => (await machine(schools.app, bearer).get('/api/v1/cases')).status;

describe('firstbell token', () => {
  it('makes a token that the API takes, shows it once, and keeps only its hash', async () => {
    const made = await token(['add', '--user', 'SAL@a.example', '--label', 'nightly import']);
    expect(made).toMatchObject({ code: 0, out: expect.stringMatching(/^firstbell_[\w-]{43}\n$/) });
    expect(made.err).toMatch(/speaks for sal@a\.example \(Senior attendance lead\), and is shown only this once/);
    const bearer = made.out.trim();
    expect(await asks(bearer)).toBe(200);
    const [kept] = await schools.db.apiToken.findMany();
    expect(JSON.stringify(kept)).not.toContain(bearer.slice(10));

    const listed = await token(['list']);
    expect(listed.out).toMatch(
      /^[0-9a-f-]{36} {2}\d{4}-\d\d-\d\d {2}in use {2}sal@a\.example \(Senior attendance lead\) {2}nightly import\n$/,
    );
    expect(listed.out).not.toContain(bearer);

    const id = /Its id is (\S+)\./.exec(made.err)?.[1] ?? '';
    expect(await token(['revoke', id])).toEqual({ code: 0, out: 'The token is worth nothing any more.\n', err: '' });
    expect(await asks(bearer)).toBe(401);
    expect((await token(['list'])).out).toMatch(/revoked \d{4}-\d\d-\d\d/);
    expect((await token(['revoke', id])).code).toBe(0);
  });

  it('is worth nothing once its user is switched off', async () => {
    const { out } = await token(['add', '--user', 'dsl@a.example', '--label', 'x']);
    expect(await asks(out.trim())).toBe(200);
    await schools.db.user.update({ where: { email: 'dsl@a.example' }, data: { active: false } });
    expect(await asks(out.trim())).toBe(401);
    expect((await token(['list'])).out).toContain('its user is switched off');
  });

  it.each<[string, string[], number, RegExp]>([
    ['nothing to do', [], 2, /Choose what to do: add, list, or revoke[\s\S]*Usage: firstbell token/],
    ['no user', ['add', '--label', 'x'], 2, /Name with --user/],
    ['no label', ['add', '--user', 'sal@a.example', '--label', ' '], 2, /Say with --label/],
    ['nobody of that name', ['add', '--user', 'nobody@a.example', '--label', 'x'], 1, /No active user has .*nobody@a\.example/],
    ['no such token', ['revoke', '00000000-0000-4000-8000-000000000000'], 1, /There is no token .*token list/],
    ['an id that is none', ['revoke', 'x'], 1, /There is no token x/],
  ])('says what is wrong: %s', async (_name, args, code, expected) => {
    const ended = await token(args);
    expect([ended.code, ended.out, ended.err]).toEqual([code, '', expect.stringMatching(expected)]);
  });

  it('says how to start when no database runs', async () => {
    const ended = await token(['list', '--data', empty], {});
    expect([ended.code, ended.err]).toEqual([1, expect.stringMatching(/No database runs in .*npm start/)]);
  });
});
