import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { type TwoSchools, twoSchools } from '../support/two-schools.ts';

let schools: TwoSchools;
const checks: Record<string, () => Promise<void>> = {};
beforeAll(async () => {
  schools = await twoSchools({ checks });
});
afterAll(() => schools.close());

describe('health', () => {
  it('is alive whatever else is not', async () => {
    expect((await request(schools.app).get('/health/live')).body).toEqual({ status: 'ok' });
  });

  it.each([
    ['when all parts answer', async () => undefined, 200, 'ok'],
    ['but not when one refuses', () => Promise.reject(new Error('password of postgresql://u:p@h')), 503, 'failed'],
    ['but not when one hangs', () => new Promise<void>(() => undefined), 503, 'failed'],
  ])('is ready %s, and names each', async (_, engine, status, state) => {
    Object.assign(checks, { database: async () => undefined, engine });
    const reply = await request(schools.app).get('/health/ready');
    expect([reply.status, reply.body]).toEqual([status, { status: state, parts: { database: 'ok', engine: state } }]);
  });
});
