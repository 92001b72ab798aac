import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit, type Store } from 'express-rate-limit';
import type { Pool } from 'pg';
import { RateLimiterPostgres } from 'rate-limiter-flexible';

const aQuarter = 15 * 60_000;
const placeOf = (req: Request): string => ipKeyGenerator(req.ip ?? '');
const accountOf = (req: Request): string =>
  String((req.body as { email?: unknown } | undefined)?.email ?? '')
    .trim()
    .toLowerCase();

/**
 * How many wrong passwords a quarter of an hour takes: ten for one account from one place, a hundred for a place (a school
 * shares one address) and for an account from anywhere. So a stranger cannot lock a colleague out with a few tries. They are
 * counted in the database, whichever process was asked.
 */
export const tries = (pool: Pool): RequestHandler[] => [
  wrongTries(countedIn(pool, 'both'), 10, (req) => `${placeOf(req)} ${accountOf(req)}`),
  wrongTries(countedIn(pool, 'place'), 100, placeOf),
  wrongTries(countedIn(pool, 'account'), 100, accountOf),
];

const wrongTries = (store: Store, limit: number, keyGenerator: (req: Request) => string): RequestHandler =>
  rateLimit({
    windowMs: aQuarter,
    limit,
    store,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode < 400,
    handler: (_req, _res, next) =>
      next(Object.assign(new Error('Wait a quarter of an hour, then try again.'), { status: 429, expose: true })),
  });

/** Counts in PostgreSQL. Whose tries they are is kept as a hash only. */
function countedIn(pool: Pool, prefix: string): Store {
  const limiter = new RateLimiterPostgres({
    ...{ storeClient: pool, storeType: 'pool', tableName: 'sign_in_try', tableCreated: true },
    ...{ keyPrefix: prefix, points: 1, duration: aQuarter / 1_000 },
  });
  const hashed = (key: string): string => createHash('sha256').update(key).digest('hex');
  return {
    prefix,
    async increment(key) {
      const { consumedPoints, msBeforeNext } = await limiter.penalty(hashed(key));
      return { totalHits: consumedPoints, resetTime: new Date(Date.now() + msBeforeNext) };
    },
    // The answer has been sent when this is called: a try too many in the count is all that can come of a failure.
    decrement: (key) =>
      limiter.reward(hashed(key)).then(
        () => undefined,
        () => undefined,
      ),
    resetKey: async (key) => void (await limiter.delete(hashed(key))),
  };
}
