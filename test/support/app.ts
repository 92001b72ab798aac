import { createHash, randomBytes } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import type { Express } from 'express';
import pg from 'pg';
import pino from 'pino';
import request from 'supertest';
import { createApp } from '../../api/app.ts';
import type { Deps } from '../../api/deps.ts';
import { type Role, roles } from '../../policy/people/roles.ts';
import { connect, type Db } from '../../prisma/client.ts';
import { aDatabase } from './servers.ts';

export const password = 'made-up words for a test';
const unasked = () => Promise.reject(new Error('This test asks nothing of the engine'));

/**
 * The real application over a database of its own. Two schools of one authority, `A` in training and `B` not, with an
 * account for each role at each (`sal@a.example`), and one education welfare officer (`ewo@authority.example`).
 */
export async function anApp(changed: Partial<Deps> = {}) {
  const url = await aDatabase();
  const [db, pool] = [connect(url), new pg.Pool({ connectionString: url })];
  await twoSchools(db);
  const deps: Deps = {
    db,
    log: pino({ level: 'silent' }),
    matters: { decide: unasked, recallLetter: unasked, settleLetter: unasked, walkClock: unasked },
    preview: unasked,
    importFile: unasked,
    checks: {},
    settings: { baseUrl: 'http://localhost:3000', sessionSecret: randomBytes(32).toString('hex'), mailInboxUrl: null },
    now: Date.now,
    ...changed,
  };
  const app = createApp(deps, pool);
  return {
    app,
    db,
    deps,
    /** A browser that signed in as this role, at school A unless told otherwise. */
    signedIn: (role: Role, place = placeOf(role)) => signIn(app, `${role}@${place}.example`),
    tokenFor: (role: Role, place = placeOf(role)) => aToken(db, `${role}@${place}.example`),
    close: async () => void (await Promise.all([db.$disconnect(), pool.end()])),
  };
}

export type App = Awaited<ReturnType<typeof anApp>>;
export type Browser = ReturnType<typeof request.agent>;

const placeOf = (role: Role): string => (role === 'ewo' ? 'authority' : 'a');

/** The token of a form on a page, as the browser would send it back. */
export async function csrfOn(browser: Browser, path: string): Promise<string> {
  const { text } = await browser.get(path);
  return /name="_csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
}

async function signIn(app: Express, email: string): Promise<Browser> {
  const browser = request.agent(app);
  const _csrf = await csrfOn(browser, '/sign-in');
  await browser.post('/sign-in').type('form').send({ _csrf, email, password }).expect(303);
  return browser;
}

async function aToken(db: Db, email: string): Promise<string> {
  const token = randomBytes(32).toString('hex');
  const { id: userId } = await db.user.findUniqueOrThrow({ where: { email } });
  await db.apiToken.create({ data: { label: 'test', userId, tokenHash: createHash('sha256').update(token).digest('hex') } });
  return token;
}

async function twoSchools(db: Db): Promise<void> {
  const place = { address: ['1 High Street'], phone: '01632 960000', email: 'office@a.example' };
  await db.authority.create({ data: { id: 'authority', name: 'Westshire Council', ...place } });
  for (const [id, training] of [
    ['a', true],
    ['b', false],
  ] as const) {
    const today = training ? new Date('2026-10-12') : null;
    const name = `School ${id.toUpperCase()}`;
    await db.school.create({
      data: { id, name, authorityId: 'authority', packId: 'gloucestershire', training, today, ...place },
    });
    await db.calendarPeriod.create({
      data: { schoolId: id, kind: 'term', fromDay: new Date('2026-09-02'), toDay: new Date('2027-07-21'), label: 'Year' },
    });
  }
  // The cheapest hash that argon2 allows: what is tested is the door, not the lock.
  const passwordHash = await hash(password, { memoryCost: 8, timeCost: 1 });
  const account = (role: Role, at: string) => ({
    id: `${at}:${role}`,
    name: `A ${role}`,
    email: `${role}@${at}.example`,
    role,
    passwordHash,
  });
  const staff = roles.filter((role) => role !== 'ewo');
  await db.user.createMany({
    data: [
      ...['a', 'b'].flatMap((schoolId) =>
        staff.map((role) => ({ ...account(role, schoolId), schoolId, className: role === 'class-teacher' ? '9B' : null })),
      ),
      { ...account('ewo', 'authority'), authorityId: 'authority' },
    ],
  });
}
