import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import pino from 'pino';
import request from 'supertest';
import { showErrors } from '../../../api/web/errors.ts';
import { Refusal, type RefusalCode } from '../../../policy/refusal.ts';
import { connect } from '../../../prisma/client.ts';
import { anApp } from '../../support/app.ts';
import { csrfOn } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let app: Express;
let thrown: unknown;
let logged: string[];

beforeAll(async () => {
  schools = await twoSchools();
  const log = pino({ level: 'warn' }, { write: (line) => void logged.push(line) });
  app = express();
  app.use((_req, res, next) => {
    res.locals.nonce = 'nonce';
    next();
  });
  app.get(['/page', '/api/v1/thing'], () => {
    throw thrown;
  });
  app.use(showErrors({ ...schools.deps, log }));
});
afterAll(() => schools.close());
beforeEach(() => {
  logged = [];
});

const statuses: [RefusalCode, number][] = [
  ['NotFound', 404],
  ['Forbidden', 403],
  ['Stale', 409],
  ['Closed', 409],
  ['Busy', 409],
  ['NotAllowed', 422],
  ['BadInput', 422],
  ['Unavailable', 503],
];

describe('an error', () => {
  it.each(statuses)('that is the refusal %s is shown in its own words with %i, and is no fault', async (code, status) => {
    thrown = new Refusal(code, 'Because of <b>this</b>');
    const page = await request(app).get('/page');
    expect([page.status, page.type]).toEqual([status, 'text/html']);
    expect(page.text).toContain('Because of &lt;b&gt;this&lt;/b&gt;');
    const reply = await request(app).get('/api/v1/thing');
    expect([reply.status, reply.type]).toEqual([status, 'application/problem+json']);
    expect(reply.body).toMatchObject({ type: 'about:blank', status, detail: 'Because of <b>this</b>' });
    expect(logged).toEqual([]);
  });

  it('that is a fault is logged once, and shown by its number alone', async () => {
    thrown = new Error('column "legal_name" of Zoë O’Brien');
    const { status, text } = await request(app).get('/page');
    expect(status).toBe(500);
    expect(text).toContain('Sorry, there is a problem');
    expect(text).not.toContain('legal_name');
    expect(logged).toHaveLength(1);
    expect(text).toContain((JSON.parse(logged[0] ?? '') as { id: string }).id);
  });
});

describe('the app', () => {
  it('says to come back when its database is out of reach, whoever asks, and shows no inside of itself', async () => {
    const url = 'postgresql://nobody:secret@127.0.0.1:1/none';
    const db = connect(url);
    const { app: lost, end } = anApp(db, url);
    const page = await request(lost).get('/sign-in');
    expect([page.status, page.type]).toEqual([503, 'text/html']);
    expect(page.text).toContain('Not available just now');
    const reply = await request(lost).get('/api/v1/cases').set('Authorization', 'Bearer token');
    expect([reply.status, reply.type]).toEqual([503, 'application/problem+json']);
    expect(page.text + reply.text).not.toMatch(/prisma|127\.0\.0\.1|secret|node_modules/);
    await Promise.all([end(), db.$disconnect()]);
  });

  it('says that a page is not there, to a person and to a machine', async () => {
    const page = await request(schools.app).get('/nowhere');
    expect([page.status, page.type, page.get('Set-Cookie')]).toEqual([404, 'text/html', undefined]);
    expect((await request(schools.app).get('/api/v1/nowhere')).type).toBe('application/problem+json');
  });

  it.each([
    ['JSON that is none', 'application/json', '{"a":', 400],
    ['too much', 'application/json', JSON.stringify({ a: 'x'.repeat(300_000) }), 413],
    ['half a character', 'application/json', '{"a":"\\ud800"}', 422],
    ['NUL', 'application/json', '{"\\u0000":1}', 422],
  ])('answers %s as a problem', async (_, type, body, status) => {
    const reply = await request(schools.app)
      .post('/api/v1/cases/00000000-0000-4000-8000-000000000000/action')
      .set('Authorization', `Bearer ${await schools.tokenFor('sal')}`)
      .set('Idempotency-Key', 'a-key-of-this-test')
      .type(type)
      .send(body);
    expect([reply.status, reply.type]).toEqual([status, 'application/problem+json']);
  });

  it('says in its own words that a form holds more than it takes', async () => {
    const browser = await schools.signedIn('attendance-officer');
    const fields = { _csrf: await csrfOn(browser, '/register/unexplained'), absences: Array(1_100).fill('x') };
    const { status, text } = await browser.post('/register/unexplained').type('form').send(fields);
    expect([status, text.includes('Send a part of it, then the rest.')]).toEqual([413, true]);
  });

  it('takes as many absences in one request as are settled at once, and no more', async () => {
    const settle = async (n: number) => {
      const absences = Array(n).fill('00000000-0000-4000-8000-000000000000 2026-09-14 AM');
      const { status, body } = await request(schools.app)
        .post('/api/v1/register/unexplained/settle')
        .set('Authorization', `Bearer ${await schools.tokenFor('attendance-officer')}`)
        .set('Idempotency-Key', `settle-${n}-at-once`)
        .send({ absences });
      return [status, body.detail];
    };
    expect((await settle(3_000))[0]).not.toBe(413);
    expect(await settle(3_001)).toEqual([422, expect.stringContaining('at most 3,000')]);
  });

  it('answers two files where one is taken, without fault', async () => {
    const browser = await schools.signedIn('sal');
    const _csrf = await csrfOn(browser, '/imports');
    const { status } = await browser
      .post('/imports')
      .field({ _csrf })
      .attach('file', Buffer.from('a'))
      .attach('file', Buffer.from('b'));
    expect(status).toBe(400);
  });

  it('lets no page be kept, framed elsewhere, or run a script that is not ours', async () => {
    const { headers } = await request(schools.app).get('/sign-in');
    const policy = String(headers['content-security-policy']);
    expect(headers['cache-control']).toBe('no-store');
    expect(policy).toMatch(/script-src 'nonce-[^']{20,}';/);
    expect(policy).toContain("frame-ancestors 'self'");
    expect(policy).not.toContain('unsafe');
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('lets browsers keep its assets for good, as their address names their content', async () => {
    const { text } = await request(schools.app).get('/sign-in');
    const urls = [...text.matchAll(/\/assets\/[^"']+/g)].map(([url]) => url);
    expect(urls).toHaveLength(3);
    for (const url of urls) {
      const { status, headers } = await request(schools.app).get(url);
      expect([status, headers['cache-control']]).toEqual([200, 'public, max-age=31536000, immutable']);
      expect((await request(schools.app).get(url.replace(/[0-9a-f]{12}/, '0'.repeat(12)))).status).toBe(404);
    }
  });

  it('sends cookies over https alone where it is served so', async () => {
    const secure = await twoSchools({ settings: { ...schools.deps.settings, baseUrl: 'https://firstbell.example' } });
    const { headers, text } = await request(secure.app).get('/sign-in').set('X-Forwarded-Proto', 'https');
    expect(headers['set-cookie']?.[0]).toMatch(/^__Host-firstbell=.*; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/);
    expect(headers['strict-transport-security']).toBeDefined();
    const cookie = headers['set-cookie']?.[0]?.split(';')[0] ?? '';
    const _csrf = /name="_csrf" value="([^"]+)"/.exec(text)?.[1];
    const out = request(secure.app).post('/sign-out').set({ 'X-Forwarded-Proto': 'https', Cookie: cookie });
    const gone = await out.type('form').send({ _csrf }).expect(303);
    expect(gone.headers['set-cookie']?.[0]).toMatch(/^__Host-firstbell=; Path=\/; Expires=Thu, 01 Jan 1970 [^;]*; Secure$/);
    await secure.close();
  });
});
