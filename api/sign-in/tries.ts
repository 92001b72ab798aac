import type { Request, RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';

const placeOf = (req: Request): string => ipKeyGenerator(req.ip ?? '');
const accountOf = (req: Request): string =>
  String((req.body as { email?: unknown } | undefined)?.email ?? '')
    .trim()
    .toLowerCase();

/**
 * How many wrong passwords a quarter of an hour takes: ten for one account from one place, a hundred for a place (a school
 * shares one address) and for an account from anywhere. So a stranger cannot lock a colleague out with a few tries.
 */
export const tries = (): RequestHandler[] => [
  wrongTries(10, (req) => `${placeOf(req)} ${accountOf(req)}`),
  wrongTries(100, placeOf),
  wrongTries(100, accountOf),
];

const wrongTries = (limit: number, keyGenerator: (req: Request) => string): RequestHandler =>
  rateLimit({
    windowMs: 15 * 60_000,
    limit,
    keyGenerator,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    skipSuccessfulRequests: true,
    requestWasSuccessful: (_req, res) => res.statusCode < 400,
    handler: (_req, _res, next) =>
      next(Object.assign(new Error('Wait a quarter of an hour, then try again.'), { status: 429, expose: true })),
  });
