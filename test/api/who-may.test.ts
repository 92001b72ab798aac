import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { allRoutes } from '../../api/all-routes.ts';
import { type Role, roles } from '../../policy/people/roles.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { columnOf } from '../../prisma/day-column.ts';
import { anApp } from '../support/app.ts';
import { aDatabase } from '../support/servers.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const address = (path: string) =>
  path
    .replaceAll(/:n\b/g, '0')
    .replaceAll(/:key\b/g, '1-letter')
    .replaceAll(/:\w+/g, nobody);
const routes = allRoutes();

describe('who may use what', () => {
  let db: Db;
  let api: ReturnType<typeof anApp>;
  const cookies = new Map<Role, string>();

  beforeAll(async () => {
    const url = await aDatabase();
    db = connect(url);
    const authority = { id: 'la', name: 'LA', address: [], phone: '', email: 'la@la.example' };
    await db.authority.create({ data: authority });
    for (const id of ['mine', 'other']) {
      await db.school.create({
        data: {
          id,
          name: id,
          address: [],
          phone: '',
          email: `office@${id}.example`,
          authorityId: 'la',
          packId: 'gloucestershire',
          training: true,
          today: columnOf('2026-10-05'),
        },
      });
    }
    await db.calendarPeriod.create({
      data: { schoolId: 'mine', kind: 'term', label: 'Term', fromDay: columnOf('2026-09-01'), toDay: columnOf('2026-12-18') },
    });
    for (const role of roles) {
      const where = role === 'ewo' ? { authorityId: 'la' } : { schoolId: 'mine' };
      await db.user.create({
        data: {
          id: role,
          name: role,
          email: `${role}@mine.example`,
          role,
          className: role === 'class-teacher' ? '9A' : null,
          ...where,
        },
      });
      await db.apiToken.create({
        data: { label: role, userId: role, tokenHash: createHash('sha256').update(`token-of-${role}`).digest('hex') },
      });
    }
    api = anApp(db, url);
    for (const role of roles) cookies.set(role, await sessionFor(role));
  });
  afterAll(async () => {
    await Promise.all([api.end(), db.$disconnect()]);
  });

  /** A session as the sign-in page makes it, without paying for a password nine times. */
  async function sessionFor(role: Role): Promise<string> {
    const { hash } = await import('@node-rs/argon2');
    await db.user.update({ where: { id: role }, data: { passwordHash: await hash('p', { memoryCost: 1024, timeCost: 1 }) } });
    const agent = request.agent(api.app);
    const form = await agent.get('/sign-in');
    const token = /name="_csrf" value="([^"]+)"/.exec(form.text)?.[1];
    const done = await agent
      .post('/sign-in')
      .type('form')
      .send({ _csrf: token, email: `${role}@mine.example`, password: 'p', to: '/inbox' });
    expect(done.status).toBe(303);
    return (done.get('Set-Cookie') ?? []).join(';').split(';')[0] ?? '';
  }

  it.each(routes.map((route) => [route.kind, route.path, route] as const))('%s %s', async (_, __, route) => {
    const path = address(route.path);
    const ask = (role: Role | null) => {
      const post = route.kind === 'form' || (route.kind === 'api' && route.method === 'post');
      const asked = post ? request(api.app).post(path).set('Idempotency-Key', `${role} ${path}`) : request(api.app).get(path);
      if (role === null) return asked;
      return route.kind === 'api'
        ? asked.set('Authorization', `Bearer token-of-${role}`)
        : asked.set('Cookie', cookies.get(role) ?? '');
    };
    const stranger = await ask(null);
    if (route.may === 'anyone') expect(stranger.status).toBe(200);
    else if (route.kind === 'api') expect([stranger.status, stranger.type]).toEqual([401, 'application/problem+json']);
    else expect([stranger.status, stranger.headers.location]).toEqual([303, expect.stringMatching(/^\/sign-in/)]);
    for (const role of roles) {
      const { status, text } = await ask(role);
      const may = typeof route.may === 'string' || route.may.includes(role);
      const refused = status === 403 && !/page was open too long/.test(text);
      expect([role, refused]).toEqual([role, !may]);
      expect(status).toBeLessThan(500);
    }
  });

  it("another school's pupil is a 404", async () => {
    const pupil = await db.pupil.create({
      data: {
        schoolId: 'other',
        admissionNo: '1',
        upn: 'A1',
        legalName: 'X',
        chosenName: 'X',
        born: columnOf('2013-01-01'),
        yearGroup: 9,
        className: '9A',
        onRollFrom: columnOf('2026-09-01'),
      },
    });
    const { status } = await request(api.app)
      .get(`/register/${pupil.id}`)
      .set('Cookie', cookies.get('sal') ?? '');
    expect(status).toBe(404);
  });

  it('a form without its token is refused', async () => {
    const { status, text } = await request(api.app)
      .post('/training')
      .set('Cookie', cookies.get('sal') ?? '')
      .type('form')
      .send({ how: 'next' });
    expect([status, text]).toEqual([403, expect.stringMatching(/page was open too long/)]);
  });

  it('a POST to the API without a key is refused as a problem', async () => {
    const { status, type, body } = await request(api.app)
      .post(`/api/v1/cases/${nobody}/action`)
      .set('Authorization', 'Bearer token-of-sal')
      .send({ do: 'note', text: 'x' });
    expect([status, type, body.detail]).toEqual([422, 'application/problem+json', expect.stringMatching(/Idempotency-Key/)]);
  });

  it('the OpenAPI document names every endpoint', async () => {
    const { body } = await request(api.app).get('/api/openapi.json');
    const named = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(body.openapi).toBe('3.1.0');
    expect(named.sort()).toEqual(
      routes
        .flatMap((route) => (route.kind === 'api' ? [`${route.method} ${route.path.replaceAll(/:(\w+)/g, '{$1}')}`] : []))
        .sort(),
    );
  });

  it('too many wrong passwords are stopped', async () => {
    const agent = request.agent(api.app);
    const token = /name="_csrf" value="([^"]+)"/.exec((await agent.get('/sign-in')).text)?.[1];
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++)
      statuses.push(
        (
          await agent
            .post('/sign-in')
            .type('form')
            .send({ _csrf: token, email: 'sal@mine.example', password: `wrong ${i}` })
        ).status,
      );
    expect([statuses[0], statuses.at(-1)]).toEqual([422, 429]);
  });
});
