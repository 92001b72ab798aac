import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { Refusal, type RefusalCode } from '../../policy/refusal.ts';
import type { Deps } from '../deps.ts';
import { ctxOf, paramsOf } from './ctx.ts';
import { sendFile } from './download.ts';
import { goOn } from './go-on.ts';
import { pageFrame } from './page-frame.ts';
import type { Ctx, Download, FormRoute, PageRoute, Problems, View } from './route.ts';
import { signedIn } from './signed-in.ts';
import { render } from './views.ts';

/**
 * Shows a page to whoever may see it. What is wrong with what its form asked is said there, over the page without it; a file
 * without it would be taken for the one that was asked.
 */
export function showPage(route: PageRoute, deps: Deps): RequestHandler {
  return async (req, res) => {
    const problems: Problems = {};
    const { query } = req;
    for (let asked: Record<string, unknown> = query; ; ) {
      try {
        const shown = await shownAs(route, req, deps, asked);
        if (asked === query) return await send(req, res, deps, shown);
        if ('file' in shown) throw new Refusal('BadInput', Object.values(problems).join('. '));
        return await sendAgain(req, res, deps, shown, problems, 422);
      } catch (error) {
        const wrong = wrongIn(route, error, asked);
        if (wrong === null) throw error;
        Object.assign(problems, wrong);
        asked = without(asked, Object.keys(wrong));
      }
    }
  };
}

async function shownAs(route: PageRoute, req: Request, deps: Deps, asked: Record<string, unknown>): Promise<View | Download> {
  const query = route.query.safeParse(asked);
  if (!query.success) throw new WrongQuery(problemsOf(query.error));
  return route.handle(ctxOf(req, deps, { params: paramsOf(route.params, req), query: query.data, body: undefined }));
}

/** What was asked of a page in its address is not understood. */
class WrongQuery extends Refusal {
  readonly problems: Problems;

  constructor(problems: Problems) {
    super('BadInput', Object.values(problems).join('. '));
    this.problems = problems;
  }
}

/** What of the asking is wrong, by name. Null if it is nothing that the page could be shown without. */
function wrongIn({ concerns: of }: PageRoute, error: unknown, asked: Record<string, unknown>): Problems | null {
  if (error instanceof WrongQuery) return Object.keys(error.problems).some((name) => name in asked) ? error.problems : null;
  if (!(error instanceof Refusal) || error.concerns === undefined) return null;
  const name = of?.(error.concerns, asked) ?? error.concerns;
  return asked[name] === undefined ? null : { [name]: error.message };
}

const without = (asked: Record<string, unknown>, names: readonly string[]) =>
  Object.fromEntries(Object.entries(asked).filter(([name]) => !names.includes(name)));

/** What a person can do something about where they are: they see their form again, with what they typed. */
const shownOnTheForm = new Set<RefusalCode>(['NotAllowed', 'BadInput', 'Stale', 'Closed', 'Busy', 'Unavailable']);

/** Takes a form: on to the next page if it is done, or the same page again with what is wrong and what was typed. */
export function takeForm(route: FormRoute, deps: Deps): RequestHandler {
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
      if (!(error instanceof Refusal) || !shownOnTheForm.has(error.code)) throw error;
      await again(
        route,
        { ...ctx, body: typedAfter(error, given) },
        req,
        res,
        deps,
        { [fieldOf(route, error, given) ?? wholeForm]: saidOnForm(error) },
        error.status,
      );
    }
  };
}

/** Who has to wait for something else may come back to what they typed: it is said that nothing of it is lost. */
const saidOnForm = ({ code, message }: Refusal): string =>
  code === 'Busy' ? `${message}. What you entered is still in the form` : message;

/** The field that a refusal is about: as it says itself, or the form of it. Undefined where it is about more. */
function fieldOf({ concerns: of }: FormRoute, { code, concerns }: Refusal, typed: Record<string, unknown>): string | undefined {
  if (code !== 'NotAllowed' && code !== 'BadInput') return undefined;
  if (typeof of !== 'function') return concerns ?? of;
  return concerns === undefined ? undefined : of(concerns, typed);
}

/**
 * What stands in the form when it is shown again. What is refused is not done: sent again it is another asking, with words of its
 * own; only an answer that never came leaves doubt. Who was shown that things have changed decides on what they see now.
 */
function typedAfter({ code }: Refusal, given: Record<string, unknown>): Record<string, unknown> {
  if (code === 'Unavailable') return given;
  const { decisionKey, version, ...typed } = given;
  return code === 'Stale' || version === undefined ? typed : { ...typed, version };
}

async function send(req: Request, res: Response, deps: Deps, shown: View | Download): Promise<void> {
  if ('file' in shown) return sendFile(res, shown);
  const frame = await pageFrame(req, res, deps.db, signedIn(req), deps.now());
  res.status(shown.status ?? 200).send(render(shown.template, { problems: null, ...frame, ...shown.model }));
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
  await sendAgain(req, res, deps, await route.again(ctx, problems), problems, status);
}

/** A page with what is wrong over it, each going to its field where the page has it. */
async function sendAgain(req: Request, res: Response, deps: Deps, view: View, problems: Problems, status: number): Promise<void> {
  const frame = await pageFrame(req, res, deps.db, signedIn(req), deps.now());
  const page = (isShown: (field: string) => boolean): string => {
    const list = Object.entries(problems).map(([field, text]) => (isShown(field) ? { text, href: `#${field}` } : { text }));
    return render(view.template, { ...frame, ...view.model, problems: { fields: problems, list } });
  };
  // What a page looks like may have changed with what was refused: then its field may be there no more.
  const html = page(() => false);
  res.status(status).send(page((field) => field !== wholeForm && html.includes(`id="${field}"`)));
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
