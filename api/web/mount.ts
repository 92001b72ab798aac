import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Express, Request, RequestHandler, Response } from 'express';
import express from 'express';
import multer from 'multer';
import { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Deps } from '../deps.ts';
import { refuseBrokenText } from './broken-text.ts';
import { refuseForeignForms } from './csrf.ts';
import { problem } from './errors.ts';
import { goOn } from './go-on.ts';
import { idempotent } from './idempotency.ts';
import { pageFrame } from './page-frame.ts';
import type { ApiRoute, Ctx, Download, FormRoute, May, PageRoute, Problems, Route, View } from './route.ts';
import { type SignedIn, signedIn } from './signed-in.ts';
import { render } from './views.ts';

/** Puts the routes on the app: who may, what is read, what is answered. The one place where requests become values. */
export function mount(app: Express, routes: readonly Route[], deps: Deps): void {
  const formBody = express.urlencoded({ extended: false, limit: '200kb' });
  const jsonBody = express.json({ limit: '200kb', strict: true });
  for (const route of routes) {
    const guard = allow(route.may, route.kind);
    if (route.kind === 'page') app.get(route.path, guard, refuseBrokenText, showPage(route, deps));
    if (route.kind === 'form')
      app.post(
        route.path,
        guard,
        route.upload ? receive(route.upload) : formBody,
        refuseForeignForms,
        refuseBrokenText,
        takeForm(route, deps),
      );
    if (route.kind === 'api' && route.method === 'get') app.get(route.path, guard, refuseBrokenText, answer(route, deps));
    if (route.kind === 'api' && route.method === 'post')
      app.post(route.path, guard, jsonBody, refuseBrokenText, idempotent(deps), answer(route, deps));
  }
}

function allow(may: May, kind: Route['kind']): RequestHandler {
  return (req, res, next) => {
    const user = signedIn(req);
    if (may === 'anyone') return next();
    if (!user && kind === 'api')
      return problem(res, { status: 401, title: 'Sign in first', detail: 'Send a bearer token in the Authorization header' });
    if (!user) return res.redirect(303, `/sign-in?to=${encodeURIComponent(req.method === 'GET' ? req.originalUrl : '/inbox')}`);
    if (may !== 'signed-in' && !may.includes(user.role))
      throw new Refusal('Forbidden', 'This page is for other roles than yours');
    next();
  };
}

function ctxOf(req: Request, deps: Deps, values: { params: unknown; query: unknown; body: unknown }): Ctx {
  const asked = (req.body as { decisionKey?: unknown } | undefined)?.decisionKey ?? req.get('idempotency-key');
  const user = signedIn(req) as SignedIn;
  const upload = req.file ? { path: req.file.path, name: Buffer.from(req.file.originalname, 'latin1').toString('utf8') } : null;
  return {
    ...values,
    user,
    deps,
    upload,
    at: deps.now(),
    key: stableId(`${user?.id} ${typeof asked === 'string' ? asked : randomUUID()}`),
  };
}

/** A file goes to a temporary folder, at most 250 MB, and is removed when the answer is sent. */
function receive(field: string): RequestHandler[] {
  const store = multer({
    dest: path.join(tmpdir(), 'firstbell-uploads'),
    limits: { fileSize: 250_000_000, files: 1, fields: 20 },
  });
  const tidy: RequestHandler = (req, res, next) => {
    res.on('close', () => req.file && void rm(req.file.path, { force: true }));
    next();
  };
  return [store.single(field), tidy];
}

/** A part of the address that cannot be right names nothing that exists. */
function paramsOf(schema: z.ZodType, req: Request): unknown {
  const parsed = schema.safeParse(req.params);
  if (!parsed.success) throw new Refusal('NotFound', 'There is nothing at this address');
  return parsed.data;
}

function showPage(route: PageRoute, deps: Deps): RequestHandler {
  return async (req, res) => {
    const query = route.query.safeParse(req.query);
    if (!query.success) throw new Refusal('BadInput', z.prettifyError(query.error));
    const shown = await route.handle(
      ctxOf(req, deps, { params: paramsOf(route.params, req), query: query.data, body: undefined }),
    );
    await send(req, res, deps, shown);
  };
}

async function send(req: Request, res: Response, deps: Deps, shown: View | Download): Promise<void> {
  if ('file' in shown) {
    const disposition = shown.type.startsWith('text/html') || shown.type === 'application/pdf' ? 'inline' : 'attachment';
    // A letter shown as a page brings its own styles and may do nothing else.
    if (shown.type === 'text/html')
      res.set('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox");
    res.type(shown.type).set('Content-Disposition', `${disposition}; filename="${shown.file}"`);
    res.send(typeof shown.content === 'string' ? shown.content : Buffer.from(shown.content));
    return;
  }
  const frame = await pageFrame(req, res, deps.db, signedIn(req), deps.now());
  res.status(shown.status ?? 200).send(render(shown.template, { problems: null, ...frame, ...shown.model }));
}

function takeForm(route: FormRoute, deps: Deps): RequestHandler {
  return async (req, res) => {
    const params = paramsOf(route.params, req);
    const { _csrf, ...given } = (req.body ?? {}) as Record<string, unknown>;
    const parsed = route.body.safeParse(given);
    const ctx = ctxOf(req, deps, { params, query: {}, body: parsed.success ? parsed.data : given });
    if (!parsed.success) return again(route, ctx, req, res, deps, problemsOf(parsed.error), 422);
    try {
      const done = await route.handle(ctx);
      if (!('goTo' in done)) return await send(req, res, deps, done);
      if (done.say) req.session.say = { text: done.say, on: done.goTo };
      await goOn(req, res, done.goTo);
    } catch (error) {
      if (!(error instanceof Refusal) || !['NotAllowed', 'BadInput', 'Stale', 'Unavailable'].includes(error.code)) throw error;
      const field = error.code === 'NotAllowed' || error.code === 'BadInput' ? route.concerns : undefined;
      await again(route, { ...ctx, body: given }, req, res, deps, { [field ?? wholeForm]: error.message }, error.status);
    }
  };
}

async function again(
  route: FormRoute,
  ctx: Ctx,
  req: Request,
  res: Response,
  deps: Deps,
  problems: Problems,
  status: number,
): Promise<void> {
  const view = await route.again(ctx, problems);
  const list = Object.entries(problems).map(([field, text]) => (field === wholeForm ? { text } : { text, href: `#${field}` }));
  await send(req, res, deps, { ...view, status, model: { ...view.model, problems: { fields: problems, list } } });
}

/** The name of what is wrong with a form as a whole: there is no field to go to. */
const wholeForm = 'form';

/** Fields that nobody sees: only a form that was tampered with, or is no longer ours, has them wrong. */
const hidden: readonly PropertyKey[] = ['decisionKey', 'version'];

/** What is wrong by field, in the order of the form; of several things about one field the first. */
function problemsOf({ issues }: z.ZodError): Problems {
  const problems: Problems = {};
  for (const { path: at, message } of issues) {
    if (hidden.includes(at[0] ?? ''))
      problems[wholeForm] ??= 'This form cannot be read. Load the page again, and repeat what you did';
    else problems[at.join('-') || wholeForm] ??= message;
  }
  return problems;
}

function answer(route: ApiRoute, deps: Deps): RequestHandler {
  return async (req, res) => {
    const query = route.query.safeParse(req.query);
    const body = route.body.safeParse(route.method === 'post' ? (req.body ?? {}) : {});
    for (const parsed of [query, body]) {
      if (parsed.success) continue;
      const errors = parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
      return problem(res, { status: 422, title: 'That is not possible', detail: z.prettifyError(parsed.error), errors });
    }
    const reply = await route.handle(
      ctxOf(req, deps, { params: paramsOf(route.params, req), query: query.data, body: body.data }),
    );
    res.json(route.reply.parse(reply));
  };
}
