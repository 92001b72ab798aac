import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import request from 'supertest';
import { z } from 'zod';
import { showErrors } from '../../../api/web/errors.ts';
import { mount } from '../../../api/web/mount.ts';
import { api } from '../../../api/web/routes.ts';
import { knowWhoAsks } from '../../../api/web/signed-in.ts';
import { Refusal } from '../../../policy/refusal.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let app: Express;
let token: string;
let now: number;
/** Whoever asked last. */
let sender: Socket;
let deeds: { text: string; key: string }[];
/** What the deed waits for, and how it ends. */
let deed: (text: string) => Promise<void>;

beforeAll(async () => {
  schools = await twoSchools();
  token = await schools.tokenFor('sal');
  app = express();
  const deps = { ...schools.deps, now: () => now };
  app.use((req, _res, next) => {
    sender = req.socket;
    next();
  });
  app.use(knowWhoAsks(deps));
  mount(app, [noted], deps);
  app.use(showErrors(deps));
});
afterAll(() => schools.close());
beforeEach(() => {
  now = Date.now();
  deeds = [];
  deed = async () => undefined;
});

const noted = api({
  method: 'post',
  path: '/notes',
  name: 'writeNote',
  may: ['sal', 'dsl'],
  summary: 'Write a note',
  body: z.strictObject({ text: z.string().min(1, 'Enter a note') }),
  reply: z.object({ number: z.int() }),
  handle: async ({ body, key }) => {
    deeds.push({ text: body.text, key });
    await deed(body.text);
    return { number: deeds.length, secret: 'never leaves' };
  },
});

const send = (key: string | null, text: string, as = token) => {
  const asked = request(app).post('/api/v1/notes').set('Authorization', `Bearer ${as}`);
  return (key === null ? asked : asked.set('Idempotency-Key', key)).send({ text });
};
let count = 0;
const aKey = () => {
  count += 1;
  return `key-${Date.now()}-${count}`;
};

/** A deed that has begun and ends when it is told to. */
async function underWay() {
  let finish = () => {};
  deed = () =>
    new Promise((done) => {
      finish = done;
    });
  const key = aKey();
  const first = send(key, 'a').then((reply) => reply);
  while (deeds.length === 0) await new Promise(setImmediate);
  return { key, first, finish: () => finish() };
}

describe('a POST to the API', () => {
  it('is done once for its key, and answered alike', async () => {
    const key = aKey();
    const [first, second] = [await send(key, 'a'), await send(key, 'a')];
    expect([first.status, first.body]).toEqual([200, { number: 1 }]);
    expect([second.status, second.body]).toEqual([200, { number: 1 }]);
    expect(deeds).toHaveLength(1);
  });

  it('is refused if the key was used for something else', async () => {
    const key = aKey();
    await send(key, 'a');
    const { status, body } = await send(key, 'b');
    expect([status, body.detail]).toEqual([422, 'This Idempotency-Key was used for something else. Take a new one']);
  });

  it('is refused while the first with its key is still being done, and never done twice by many at once', async () => {
    const { key, first, finish } = await underWay();
    const others = await Promise.all(Array.from({ length: 8 }, () => send(key, 'a')));
    expect(others.map(({ status }) => status)).toEqual(Array(8).fill(409));
    finish();
    expect((await first).status).toBe(200);
    expect(deeds).toHaveLength(1);
  });

  it.each([
    ['a refusal', () => new Refusal('Closed', 'The case is closed'), 409],
    ['a fault', () => new Error('No such column: name'), 500],
  ])('may be tried again with its key after %s', async (_, error, status) => {
    deed = () => Promise.reject(error());
    const key = aKey();
    expect((await send(key, 'a')).status).toBe(status);
    deed = async () => undefined;
    let again = await send(key, 'a');
    for (let n = 0; again.status === 409 && n < 50; n += 1) again = await send(key, 'a');
    expect(again.status).toBe(200);
  });

  it('may be tried again with its key at once when it was refused after its sender had gone', async () => {
    let end = (_error: Error) => {};
    deed = () =>
      new Promise((_, refuse) => {
        end = refuse;
      });
    const key = aKey();
    const asked = send(key, 'a');
    asked.end(() => undefined);
    while (deeds.length === 0) await new Promise(setImmediate);
    const gone = once(sender, 'close');
    asked.abort();
    await gone;
    end(new Refusal('Closed', 'The case is closed'));
    deed = async () => undefined;
    let again = await send(key, 'a');
    for (let n = 0; again.status === 409 && n < 50; n += 1) again = await send(key, 'a');
    expect(again.status).toBe(200);
  });

  it('may be taken over two minutes after a process died over it', async () => {
    const key = aKey();
    const requestHash = createHash('sha256').update('/api/v1/notes\n{"text":"a"}').digest('hex');
    await schools.db.idempotentReply.create({ data: { key: `a:sal:${key}`, requestHash } });
    expect((await send(key, 'a')).status).toBe(409);
    now += 2 * 60_000 + 1_000;
    expect((await send(key, 'a')).status).toBe(200);
  });

  it('is answered though another took it over for dead, and was refused', async () => {
    const { key, first, finish } = await underWay();
    now += 2 * 60_000 + 1_000;
    deed = () => Promise.reject(new Refusal('Busy', 'It is still being done'));
    expect((await send(key, 'a')).status).toBe(409);
    while ((await schools.db.idempotentReply.count({ where: { key: `a:sal:${key}` } })) > 0) await new Promise(setImmediate);
    finish();
    expect((await first).body).toEqual({ number: 2 });
    expect((await send(key, 'a')).body).toEqual({ number: 2 });
  });

  it('of another user with the same key is another deed', async () => {
    const key = aKey();
    await send(key, 'a');
    expect((await send(key, 'a', await schools.tokenFor('dsl'))).body).toEqual({ number: 2 });
    expect(new Set(deeds.map((one) => one.key)).size).toBe(2);
  });

  it('is a problem if it is wrong, and each field says what', async () => {
    const { status, type, body } = await send(aKey(), '');
    expect([status, type, body.errors]).toEqual([422, 'application/problem+json', [{ at: 'text', message: 'Enter a note' }]]);
    expect((await send(null, 'a')).body.detail).toMatch(/Idempotency-Key/);
  });
});
