import connectPgSimple from 'connect-pg-simple';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Pool } from 'pg';
import type { Deps } from '../deps.ts';

/** An hour without a request signs out; a working day does in any case. */
const idleFor = 60 * 60_000;
export const signedInFor = 12 * 60 * 60_000;

/** True where people come over https: then cookies go nowhere else. */
export const overHttps = ({ settings }: Pick<Deps, 'settings'>): boolean => settings.baseUrl.startsWith('https:');

/** A browser takes a `__Host-` cookie only from this very host, over https, for all paths. */
export const cookieName = (deps: Pick<Deps, 'settings'>): string => (overHttps(deps) ? '__Host-firstbell' : 'firstbell');

/** Sessions live in PostgreSQL, so a restart signs nobody out and a second process knows them. */
export function sessions(deps: Deps, pool: Pool): RequestHandler {
  const Store = connectPgSimple(session);
  const errorLog = (error: unknown) => deps.log.warn({ err: error }, 'The session store did not answer');
  return session({
    store: new Store({ pool, tableName: 'session', pruneSessionInterval: 900, errorLog }),
    name: cookieName(deps),
    secret: deps.settings.sessionSecret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: overHttps(deps), maxAge: idleFor },
  });
}
