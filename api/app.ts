import { randomBytes } from 'node:crypto';
import connectPgSimple from 'connect-pg-simple';
import express, { type Express, type RequestHandler } from 'express';
import session from 'express-session';
import helmet from 'helmet';
import type { Pool } from 'pg';
import { Refusal } from '../policy/refusal.ts';
import { allRoutes } from './all-routes.ts';
import type { Deps } from './deps.ts';
import { health } from './health.ts';
import { openApiRoutes } from './openapi/openapi.ts';
import { signInAndOut } from './sign-in/session.ts';
import { serveAssets } from './web/assets.ts';
import { showErrors } from './web/errors.ts';
import { mount } from './web/mount.ts';
import { knowWhoAsks } from './web/signed-in.ts';

/** The web application: health, assets, who asks, the routes, and what to say when something goes wrong. */
export function createApp(deps: Deps, pool: Pool): Express {
  const app = express();
  app.disable('x-powered-by').set('trust proxy', 'loopback').set('query parser', 'simple');
  app.use(security(deps.settings.baseUrl));
  health(app, deps);
  serveAssets(app);
  app.use(sessions(deps, pool), knowWhoAsks(deps.db));
  signInAndOut(app, deps);
  app.get('/', (_req, res) => res.redirect(303, '/inbox'));
  const routes = allRoutes();
  mount(app, [...routes, ...openApiRoutes(routes)], deps);
  app.use(() => {
    throw new Refusal('NotFound', 'Check the address, or go back to your inbox');
  });
  app.use(showErrors(deps));
  return app;
}

function security(baseUrl: string): RequestHandler[] {
  const nonce: RequestHandler = (_req, res, next) => {
    res.locals.nonce = randomBytes(16).toString('base64');
    next();
  };
  const scripts = (_req: unknown, res: unknown) => `'nonce-${(res as { locals: { nonce: string } }).locals.nonce}'`;
  const secure = baseUrl.startsWith('https:');
  return [
    nonce,
    helmet({
      contentSecurityPolicy: {
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: [scripts],
          styleSrc: ["'self'", scripts],
          frameSrc: ["'self'"],
          frameAncestors: ["'self'"],
          upgradeInsecureRequests: secure ? [] : null,
        },
      },
      strictTransportSecurity: secure,
      crossOriginOpenerPolicy: secure,
      originAgentCluster: secure,
    }) as RequestHandler,
  ];
}

function sessions({ settings }: Deps, pool: Pool): RequestHandler {
  const Store = connectPgSimple(session);
  return session({
    store: new Store({ pool, tableName: 'session', pruneSessionInterval: 900 }),
    name: 'firstbell',
    secret: settings.sessionSecret,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: settings.baseUrl.startsWith('https:'), maxAge: 60 * 60_000 },
  });
}
