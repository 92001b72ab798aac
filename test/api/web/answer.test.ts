import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express, { type Express } from 'express';
import pino from 'pino';
import request from 'supertest';
import { z } from 'zod';
import { showErrors } from '../../../api/web/errors.ts';
import { mount } from '../../../api/web/mount.ts';
import { api } from '../../../api/web/routes.ts';
import { type TwoSchools, twoSchools } from '../../support/two-schools.ts';

let schools: TwoSchools;
let app: Express;
let given: unknown;
const logged: string[] = [];

const counted = api({
  ...{ method: 'get', path: '/counts/:id', name: 'getCount', may: 'anyone', summary: 'A count' },
  params: z.object({ id: z.uuid() }),
  query: z.object({ since: z.iso.date().optional() }),
  reply: z.object({ count: z.int() }),
  handle: async () => given as { count: number },
});
const at = '/api/v1/counts/00000000-0000-4000-8000-000000000000';

beforeAll(async () => {
  schools = await twoSchools();
  const log = pino({ level: 'error' }, { write: (line) => void logged.push(line) });
  app = express();
  mount(app, [counted], schools.deps);
  app.use(showErrors({ ...schools.deps, log }));
});
afterAll(() => schools.close());

describe('an answer to a machine', () => {
  it('says what its schema names, and nothing more', async () => {
    given = { count: 1, name: 'Zoë Ashworth' };
    expect((await request(app).get(at)).body).toEqual({ count: 1 });
  });

  it('that is not as described is a fault of ours, logged without what it held', async () => {
    given = { count: 'Zoë Ashworth' };
    const { status, type, text } = await request(app).get(at);
    expect([status, type]).toEqual([500, 'application/problem+json']);
    expect(logged).toHaveLength(1);
    expect(text + logged.join()).not.toContain('Zoë');
  });

  it.each([
    ['a query that it does not know', `${at}?sinse=2026-09-14`, 422, 'Unrecognized key: "sinse"'],
    ['a value that is none', `${at}?since=yesterday`, 422, 'at since'],
    ['an address that names nothing', '/api/v1/counts/1', 404, 'nothing at this address'],
  ])('refuses %s', async (_, path, status, says) => {
    given = { count: 1 };
    const reply = await request(app).get(path);
    expect([reply.status, reply.body.detail]).toEqual([status, expect.stringContaining(says)]);
  });
});
