import { promisify } from 'node:util';
import express, { type Express, type Request, type Response } from 'express';
import type { Pool } from 'pg';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { refuseBrokenText } from '../web/broken-text.ts';
import { refuseForeignForms } from '../web/csrf.ts';
import { goOn } from '../web/go-on.ts';
import { pageFrame } from '../web/page-frame.ts';
import { cookieName, overHttps } from '../web/sessions.ts';
import { render } from '../web/views.ts';
import { SignIn, safePath, signInView, userIdFor } from './sign-in.ts';
import { tries } from './tries.ts';

/** Signing in and out: the two places where a session begins and ends. */
export function signInAndOut(app: Express, deps: Deps, pool: Pool): void {
  const body = express.urlencoded({ extended: false, limit: '10kb' });
  app.post('/sign-in', body, refuseForeignForms, refuseBrokenText, ...tries(pool), async (req, res) => {
    const parsed = SignIn.safeParse(req.body);
    if (!parsed.success) return refuse(deps, req, res, z.flattenError(parsed.error).fieldErrors, 422);
    const userId = await userIdFor(deps.db, parsed.data);
    if (userId === undefined) return refuse(deps, req, res, { email: ['The e-mail address or the password is not right'] }, 422);
    // A new session id: one that was known before signing in must not be worth anything after it.
    await promisify(req.session.regenerate.bind(req.session))();
    req.session.userId = userId;
    req.session.signedInAt = deps.now();
    await goOn(req, res, safePath(parsed.data.to));
  });
  app.post('/sign-out', body, refuseForeignForms, async (req, res) => {
    await promisify(req.session.destroy.bind(req.session))();
    res.clearCookie(cookieName(deps), { path: '/', secure: overHttps(deps) }).redirect(303, '/sign-in');
  });
}

async function refuse(
  deps: Deps,
  req: Request,
  res: Response,
  errors: Record<string, string[] | undefined>,
  status: number,
): Promise<void> {
  const fields = Object.fromEntries(Object.entries(errors).flatMap(([field, texts]) => (texts?.[0] ? [[field, texts[0]]] : [])));
  const { email, to } = req.body as { email?: string; to?: string };
  const view = await signInView(deps.db, { email: email ?? '', to: safePath(to ?? '/inbox') });
  const problems = { fields, list: Object.entries(fields).map(([field, text]) => ({ text, href: `#${field}` })) };
  const frame = await pageFrame(req, res, deps.db, undefined, deps.now());
  res.status(status).send(render(view.template, { ...frame, ...view.model, problems }));
}
