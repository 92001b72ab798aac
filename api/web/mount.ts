import type { Express, RequestHandler } from 'express';
import { Refusal } from '../../policy/refusal.ts';
import type { Deps } from '../deps.ts';
import { answer } from './answer.ts';
import { refuseBrokenText } from './broken-text.ts';
import { refuseForeignForms } from './csrf.ts';
import { problem } from './errors.ts';
import { idempotent, keyed } from './idempotency.ts';
import { showPage, takeForm } from './pages.ts';
import { fileBody, formBody, formWithFile, jsonBody } from './receive.ts';
import type { May, Route } from './route.ts';
import { signedIn } from './signed-in.ts';

/** Puts the routes on the app: who may, what is read, what is answered. */
export function mount(app: Express, routes: readonly Route[], deps: Deps): void {
  for (const route of routes) {
    const may = allow(route.may, route.kind);
    if (route.kind === 'page') app.get(route.path, may, refuseBrokenText, showPage(route, deps));
    else if (route.kind === 'form') {
      const body = route.upload ? formWithFile(route.upload) : formBody;
      app.post(route.path, may, body, refuseForeignForms, refuseBrokenText, takeForm(route, deps));
    } else if (route.method === 'get') app.get(route.path, may, refuseBrokenText, answer(route, deps));
    else {
      const body = route.takes ? fileBody(route.takes) : jsonBody;
      const meanwhile = route.meanwhile && answer({ ...route, handle: route.meanwhile }, deps);
      app.post(route.path, may, keyed, body, refuseBrokenText, idempotent(deps, answer(route, deps), meanwhile));
    }
  }
}

function allow(may: May, kind: Route['kind']): RequestHandler {
  return (req, res, next) => {
    const user = signedIn(req);
    if (may === 'anyone') return next();
    if (!user && kind === 'api') {
      res.set('WWW-Authenticate', 'Bearer');
      return problem(res, { status: 401, title: 'Sign in first', detail: 'Send a bearer token in the Authorization header' });
    }
    if (!user) return res.redirect(303, `/sign-in?to=${encodeURIComponent(req.method === 'GET' ? req.originalUrl : '/inbox')}`);
    if (may !== 'signed-in' && !may.includes(user.role))
      throw new Refusal(
        'Forbidden',
        kind === 'api' ? 'This is for other roles than yours' : 'This page is for other roles than yours',
      );
    next();
  };
}
