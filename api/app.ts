import { randomBytes } from 'node:crypto';
import express, { type Express, type RequestHandler } from 'express';
import helmet from 'helmet';
import type { Pool } from 'pg';
import { Refusal } from '../policy/refusal.ts';
import { allRoutes } from './all-routes.ts';
import type { Deps } from './deps.ts';
import { health } from './health.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { chosenSchool } from './schools/chosen.ts';
import { signInAndOut } from './sign-in/session.ts';
import { serveAssets } from './web/assets.ts';
import { showErrors } from './web/errors.ts';
import { mount } from './web/mount.ts';
import { overHttps, sessions } from './web/sessions.ts';
import { knowWhoAsks } from './web/signed-in.ts';

/** The web application: health, assets, who asks, the routes, and what to say when something goes wrong. */
export function createApp(deps: Deps, pool: Pool): Express {
  const app = express();
  app.disable('x-powered-by').set('trust proxy', proxies(deps)).set('query parser', 'simple');
  app.use(security(overHttps(deps)));
  health(app, deps);
  serveAssets(app);
  app.use(keepNothing, sessions(deps, pool), knowWhoAsks(deps));
  signInAndOut(app, deps, pool);
  chosenSchool(app, deps);
  app.get('/', (_req, res) => res.redirect(303, '/inbox'));
  const routes = allRoutes();
  mount(app, [...routes, ...openApiRoutes(routes)], deps);
  app.use(() => {
    throw new Refusal('NotFound', 'Check the address, or go back to your inbox');
  });
  app.use(showErrors(deps));
  return app;
}

/** Who may say where a request came from: this machine; over https also the private network, where the proxy is. */
const proxies = (deps: Deps): string[] => ['loopback', ...(overHttps(deps) ? ['uniquelocal'] : [])];

/** Pages hold people's data: no cache keeps them. */
const keepNothing: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};

function security(secure: boolean): RequestHandler[] {
  const nonce: RequestHandler = (_req, res, next) => {
    res.locals.nonce = randomBytes(16).toString('base64');
    next();
  };
  const scripts = (_req: unknown, res: unknown) => `'nonce-${(res as { locals: { nonce: string } }).locals.nonce}'`;
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
