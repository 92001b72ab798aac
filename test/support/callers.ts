import { hash } from '@node-rs/argon2';
import type { Express } from 'express';
import request from 'supertest';
import type { Db } from '../../prisma/client.ts';
import { addToken } from '../../prisma/tokens.ts';

/** The application, or the address where a real one listens. */
type Place = Express | string;
export type Browser = ReturnType<typeof request.agent>;

export const password = 'made-up words for a test';

/** The cheapest hash that argon2 allows: what is tested is the door, not the lock. */
export const passwordHash = (): Promise<string> => hash(password, { memoryCost: 8, timeCost: 1 });

/** A browser in which this account has signed in. */
export async function signIn(app: Place, email: string): Promise<Browser> {
  const browser = request.agent(app);
  const _csrf = await csrfOn(browser, '/sign-in');
  await browser.post('/sign-in').type('form').send({ _csrf, email, password }).expect(303);
  return browser;
}

/** What a hidden field of a form on a page holds. */
const hiddenIn = (html: string, field: string): string => html.split(`name="${field}" value="`)[1]?.split('"')[0] ?? '';

/** The token of a form on a page, as the browser would send it back. */
export const csrfOn = async (browser: Browser, path: string): Promise<string> =>
  hiddenIn((await browser.get(path)).text, '_csrf');

/** Loads the page of a form, and posts it with these fields. */
export async function submit(
  browser: Browser,
  path: string,
  fields: Record<string, string | string[]>,
  { form = path }: { form?: string } = {},
) {
  const { status, text } = await browser.get(form);
  const shown = text.slice(text.indexOf('<main'), text.indexOf('</main'));
  if (status !== 200) throw new Error(`${form} answers ${status}: ${shown}`);
  const hidden = Object.fromEntries(['_csrf', 'decisionKey', 'version'].map((field) => [field, hiddenIn(shown, field)]));
  return browser
    .post(path)
    .type('form')
    .send({ ...hidden, ...fields });
}

/** A new token that speaks for this account. */
export async function tokenOf(db: Db, email: string): Promise<string> {
  const made = await addToken(db, { email, label: 'test' });
  if (!made) throw new Error(`Nobody is called ${email}`);
  return made.token;
}

/** A machine that speaks with this token. Its POSTs name themselves. */
export function machine(app: Place, token: string) {
  const bearer = { Authorization: `Bearer ${token}` };
  return {
    get: (path: string) => request(app).get(path).set(bearer),
    post: (path: string, body: object, key: string) =>
      request(app)
        .post(path)
        .set({ ...bearer, 'Idempotency-Key': key })
        .send(body),
    postFile: (path: string, file: string, key: string, type = 'text/csv') =>
      request(app)
        .post(path)
        .set({ ...bearer, 'Idempotency-Key': key, 'Content-Type': type })
        .send(file),
  };
}
export type Machine = ReturnType<typeof machine>;
