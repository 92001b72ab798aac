import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { safePath } from '../../../api/sign-in/sign-in.ts';
import { anApp } from '../../support/app.ts';
import { csrfOn, password } from '../../support/callers.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let now = Date.now();
beforeAll(async () => {
  schools = await twoSchools({ now: () => now });
});
afterAll(() => schools.close());

const aBrowser = () => request.agent(schools.app);
async function tried(fields: Record<string, string>, browser = aBrowser()) {
  const _csrf = await csrfOn(browser, '/sign-in');
  return browser
    .post('/sign-in')
    .type('form')
    .send({ _csrf, ...fields });
}

describe('signing in', () => {
  it('leads to the page that was asked for', async () => {
    const browser = aBrowser();
    const asked = await browser.get('/cases?status=open');
    expect([asked.status, asked.headers.location]).toEqual([303, '/sign-in?to=%2Fcases%3Fstatus%3Dopen']);
    const { text } = await browser.get(asked.headers.location ?? '');
    expect(text).toContain('name="to" value="/cases?status=open"');
    const done = await tried({ email: 'SAL@a.example ', password, to: '/cases?status=open' }, browser);
    expect([done.status, done.headers.location]).toEqual([303, '/cases?status=open']);
  });

  it.each(['/sign-in/', '/Sign-In'])('works from %s as well', async (path) => {
    const browser = aBrowser();
    const _csrf = await csrfOn(browser, path);
    const done = await browser.post('/sign-in').type('form').send({ _csrf, email: 'sal@a.example', password });
    expect(done.status).toBe(303);
  });

  it('holds when the next page is asked for at the first line of the answer, however slow the database', async () => {
    await schools.db.$executeRaw`CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql
      AS 'BEGIN PERFORM pg_sleep(0.3); RETURN NEW; END'`;
    await schools.db.$executeRaw`CREATE TRIGGER dawdle BEFORE INSERT ON session FOR EACH ROW EXECUTE FUNCTION dawdle()`;
    const browser = aBrowser();
    const _csrf = await csrfOn(browser, '/sign-in');
    const fields = { _csrf, email: 'sal@a.example', password };
    const { status, redirects } = await browser.post('/sign-in').type('form').redirects(1).send(fields);
    await schools.db.$executeRaw`DROP TRIGGER dawdle ON session`;
    expect([status, redirects.map((at) => new URL(at).pathname)]).toEqual([200, ['/inbox']]);
  });

  it('gives a new session id, so that one known before is worth nothing', async () => {
    const browser = aBrowser();
    const before = (await browser.get('/sign-in')).get('Set-Cookie')?.[0]?.split(';')[0];
    const after = (await tried({ email: 'sal@a.example', password }, browser)).get('Set-Cookie')?.[0]?.split(';')[0];
    expect(after).toMatch(/^firstbell=/);
    expect(after).not.toBe(before);
    expect(
      (
        await request(schools.app)
          .get('/inbox')
          .set('Cookie', before ?? '')
      ).status,
    ).toBe(303);
  });

  it.each([
    ['a wrong password', { email: 'sal@a.example', password: 'no' }, 'The e-mail address or the password is not right'],
    ['an address nobody has', { email: 'nobody@a.example', password }, 'The e-mail address or the password is not right'],
    ['nothing', { email: '', password: '' }, 'Enter your e-mail address'],
  ])('refuses %s, saying no more than it has to', async (_, fields, says) => {
    const { status, text } = await tried(fields);
    expect(status).toBe(422);
    expect(text).toContain('<title>Error: Sign in');
    expect(text).toContain(says);
    expect(text).toContain('href="#email"');
  });

  it('refuses a character that no database column holds, as bad input', async () => {
    expect((await tried({ email: 'sal\0@a.example', password })).status).toBe(422);
  });

  it('refuses an account that was switched off, and signs it out where it is signed in', async () => {
    const browser = await schools.signedIn('senco');
    await schools.db.user.update({ where: { email: 'senco@a.example' }, data: { active: false } });
    expect((await browser.get('/inbox')).headers.location).toMatch(/^\/sign-in/);
    expect((await tried({ email: 'senco@a.example', password })).status).toBe(422);
  });

  it('ends with the working day', async () => {
    const browser = await schools.signedIn('dsl');
    expect((await browser.get('/inbox')).status).toBe(200);
    now += 12 * 60 * 60_000;
    expect((await browser.get('/inbox')).headers.location).toBe('/sign-in?to=%2Finbox');
    now = Date.now();
  });

  it('ends when the person says so', async () => {
    const browser = await schools.signedIn('headteacher');
    const done = await browser
      .post('/sign-out')
      .type('form')
      .send({ _csrf: await csrfOn(browser, '/inbox') });
    expect([done.status, done.headers.location]).toEqual([303, '/sign-in']);
    expect((await browser.get('/inbox')).status).toBe(303);
  });

  it('shows the accounts of a training school, but none of an authority that has a real school', async () => {
    const { text } = await aBrowser().get('/sign-in');
    expect(text).toContain('sal@a.example');
    expect(text).not.toContain('@b.example');
    expect(text).not.toContain('ewo@authority.example');
  });

  it('stops whoever tries one account again and again, whichever process they ask', async () => {
    const another = anApp(schools.db, schools.url);
    const processes = [schools.app, another.app];
    const statuses: number[] = [];
    for (let n = 0; n < 11; n += 1) {
      const browser = request.agent(processes[n % 2]);
      statuses.push((await tried({ email: ' Admin@A.example', password: `wrong ${n}` }, browser)).status);
    }
    expect([statuses[9], statuses[10]]).toEqual([422, 429]);
    const { headers } = await tried({ email: 'admin@a.example', password });
    expect(headers.ratelimit).toMatch(/"10-in-15min"; r=0; t=\d+/);
    expect(JSON.stringify(await schools.db.signInTry.findMany(), (_, value) => String(value))).not.toMatch(/admin|127\.0\.0/);
    await another.end();
  });

  it('counts no right password against anybody', async () => {
    for (let n = 0; n < 12; n += 1) expect((await tried({ email: 'attendance-officer@a.example', password })).status).toBe(303);
  });

  it('stops one place that tries many accounts', async () => {
    const browser = aBrowser();
    const _csrf = await csrfOn(browser, '/sign-in');
    const statuses = new Set<number>();
    for (let n = 0; n < 105; n += 1) {
      const { status } = await browser
        .post('/sign-in')
        .type('form')
        .send({ _csrf, email: `n${n}@a.example`, password: '' });
      statuses.add(status);
    }
    expect([...statuses]).toEqual([422, 429]);
  });
});

describe('where to go after signing in', () => {
  it.each([
    ['/cases', '/cases'],
    ['/cases?after=a&b=c', '/cases?after=a&b=c'],
    ['//evil.example', '/inbox'],
    ['/\\evil.example', '/inbox'],
    ['https://evil.example', '/inbox'],
    ['javascript:alert(1)', '/inbox'],
    ['', '/inbox'],
  ])('%s leads to %s', (to, path) => expect(safePath(to)).toBe(path));
});
