import { createHash, randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import pino from 'pino';
import request from 'supertest';
import { startApi } from '../../bin/api-process.ts';
import type { Role } from '../../policy/people/roles.ts';
import { staff } from '../../policy/training/staff.ts';
import type { aSchool } from './school.ts';

type School = Awaited<ReturnType<typeof aSchool>>;
export type Reply = {
  status: number;
  type: string;
  body: { detail?: string; id?: string; status?: string; look?: { seen: string } };
};

const password = 'made-up words for a test';

/** The value of a hidden field of a form on a page. */
export const hiddenIn = (html: string, field: string): string => html.split(`name="${field}" value="`)[1]?.split('"')[0] ?? '';

/** The real API process of a school, in front of its real engine, and a machine that speaks to it in somebody's name. */
export async function apiOf({ db, config, proposals, caseOf }: School, role: Role = 'sal') {
  const settings = {
    HOST: '127.0.0.1',
    PORT: 0,
    BASE_URL: 'http://127.0.0.1',
    SESSION_SECRET: 'a secret of the tests, long enough',
  };
  const api = await startApi({ ...config, ...settings }, pino({ level: 'silent' }));
  const token = randomUUID();
  const userId = staff.find((one) => one.role === role)?.id ?? '';
  const tokenHash = createHash('sha256').update(token).digest('hex');
  await db.apiToken.create({ data: { label: 'test', userId, tokenHash } });

  async function post(path: string, body: object, key: string): Promise<Reply> {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json', 'Idempotency-Key': key };
    const reply = await fetch(`${api.url}/api/v1${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', body: (await reply.json()) as Reply['body'] };
  }

  /** A file as its body, as `curl --data-binary` sends one. */
  async function postFile(path: string, file: string, key: string, hangUp?: AbortSignal): Promise<Reply> {
    const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'text/csv', 'Idempotency-Key': key };
    const reply = await fetch(`${api.url}/api/v1${path}`, { method: 'POST', headers, body: file, signal: hangUp ?? null });
    return { status: reply.status, type: reply.headers.get('content-type') ?? '', body: (await reply.json()) as Reply['body'] };
  }

  return {
    url: api.url,
    token,
    post,
    postFile,
    /** The newest open proposal for a pupil, to be approved as often as one likes under one key. */
    async approval(pupil: string, key: string = randomUUID()): Promise<() => Promise<Reply>> {
      const [proposal] = await proposals(pupil);
      if (!proposal) throw new Error(`Nothing is proposed for ${pupil}`);
      const { id } = await caseOf(pupil);
      const body = { version: proposal.version, decision: { choice: 'approve' } };
      return () => post(`/proposals/${id}/${proposal.key}/decision`, body, key);
    },
    /** A browser in which somebody of this role is signed in. */
    async browser(of: Role) {
      const browser = request.agent(api.url);
      const { email } = staff.find((one) => one.role === of) ?? { email: '' };
      // The cheapest hash that argon2 allows: what is tested is not the lock.
      await db.user.update({ where: { email }, data: { passwordHash: await hash(password, { memoryCost: 8, timeCost: 1 }) } });
      const { text } = await browser.get('/sign-in');
      await browser
        .post('/sign-in')
        .type('form')
        .send({ _csrf: hiddenIn(text, '_csrf'), email, password })
        .expect(303);
      return browser;
    },
    stop: () => api.stop(),
  };
}
