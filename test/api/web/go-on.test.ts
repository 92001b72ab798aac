import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { type Browser, csrfOn } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

const id = '00000000-0000-4000-8000-000000000000';
let schools: TwoSchools;
let browser: Browser;

beforeAll(async () => {
  schools = await twoSchools({ takeImport: async () => 'All of it was taken in' });
  await schools.db.registerImport.create({
    data: { id, schoolId: 'a', kind: 'marks', fileName: 'marks.csv', sha256: '', status: 'done' },
  });
  browser = await schools.signedIn('sal');
});
afterAll(() => schools.close());

const yes = { decisionKey: id, do: 'take', seen: 'x' };
const send = async () => {
  const _csrf = await csrfOn(browser, '/imports');
  return browser
    .post(`/imports/${id}`)
    .type('form')
    .send({ _csrf, ...yes })
    .expect(303);
};
const word = async (path: string, headers: Record<string, string> = {}) =>
  (await browser.get(path).set(headers)).text.includes('All of it was taken in');

describe('the word on what was just done', () => {
  it('is said once, on the page that follows', async () => {
    await send();
    expect([await word(`/imports/${id}`), await word(`/imports/${id}`)]).toEqual([true, false]);
  });

  it('is not taken by another page, an error, or a page within the page', async () => {
    await send();
    const others = [await word('/cases'), await word('/nowhere'), await word(`/imports/${id}`, { 'Sec-Fetch-Dest': 'iframe' })];
    expect([...others, await word(`/imports/${id}`)]).toEqual([false, false, false, true]);
  });
});

describe('a browser that is sent on', () => {
  let server: Server;
  let other: pg.Client;
  beforeAll(async () => {
    server = createServer(schools.app).listen(0, '127.0.0.1');
    await new Promise((listening) => server.once('listening', listening));
    other = new pg.Client({ connectionString: schools.url });
    await other.connect();
  });
  afterAll(async () => {
    await other.end();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('hears of it only when its session is kept, however slow the database is', async () => {
    const _csrf = await csrfOn(browser, '/imports');
    const { rows } = await other.query<{ sid: string }>('SELECT sid FROM session');
    expect(rows).toHaveLength(1);
    await other.query('BEGIN; SELECT sid FROM session FOR UPDATE');
    let answered = false;
    const answer = new Promise<number | undefined>((resolve, reject) => {
      const body = new URLSearchParams({ _csrf, ...yes }).toString();
      const asked = request({
        port: (server.address() as AddressInfo).port,
        path: `/imports/${id}`,
        method: 'POST',
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Cookie: cookieOf(browser) },
      });
      asked.on('error', reject).on('response', (res) => {
        answered = true;
        res.resume().on('end', () => resolve(res.statusCode));
      });
      asked.end(body);
    });
    const waits = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    for (let looks = 0; (await other.query(waits)).rowCount === 0 && looks < 5_000; looks++) await nextTurn();
    const beforeItWasKept = answered;
    await other.query('COMMIT');
    expect([beforeItWasKept, await answer]).toEqual([false, 303]);
  });
});

const cookieOf = (agent: Browser): string =>
  agent.jar.getCookies({ domain: '127.0.0.1', path: '/', secure: false, script: false }).toValueString();
