import { randomUUID } from 'node:crypto';
import type { ErrorRequestHandler, Request, Response } from 'express';
import { MulterError } from 'multer';
import { Refusal } from '../../policy/refusal.ts';
import { isOutage } from '../../prisma/outage.ts';
import type { Deps } from '../deps.ts';
import { DetailedRefusal } from './detailed-refusal.ts';
import { bareFrame, pageFrame } from './page-frame.ts';
import { fileTooLarge } from './receive.ts';
import { signedIn } from './signed-in.ts';
import { render } from './views.ts';

/** What each status means, in a few words. */
export const titles: Record<number, string> = {
  400: 'That could not be read',
  401: 'Sign in first',
  403: 'You may not do this',
  404: 'Page not found',
  409: 'That has changed',
  413: 'That is too large',
  415: 'That kind of content is not taken',
  422: 'That is not possible',
  429: 'Too many tries',
  503: 'Not available just now',
};

/** An error as a person or a machine should see it. A refusal is shown in full; a fault gets a number and is logged once. */
export function showErrors(deps: Deps): ErrorRequestHandler {
  return async (error: unknown, req, res, _next) => {
    if (res.headersSent) {
      deps.log.error({ err: error, path: req.route?.path ?? 'unknown' }, 'A request failed when its answer had begun');
      return req.socket.destroy();
    }
    const { status, detail } = saidOf(error);
    const id = status >= 500 && !(error instanceof Refusal) ? randomUUID() : null;
    if (id) deps.log.error({ id, err: error, path: req.route?.path ?? 'unknown' }, 'A request failed');
    const title = titles[status] ?? 'Sorry, there is a problem';
    if (req.path.startsWith('/api/'))
      return problem(res, {
        ...{ status, title, detail: id ? `${detail} Error ${id}`.trim() : detail },
        ...(error instanceof Refusal && error.concerns !== undefined && { concerns: error.concerns }),
        ...(error instanceof DetailedRefusal ? error.more : {}),
      });
    await errorPage(deps, req, res, {
      status,
      title,
      detail: id ? `${detail || 'Try again in a moment.'} The problem was noted as ${id}.` : detail,
    });
  };
}

function saidOf(error: unknown): { status: number; detail: string } {
  if (error instanceof Refusal) return { status: error.status, detail: error.message };
  if (isOutage(error)) return { status: 503, detail: 'Try again in a minute. Look first whether what you sent was kept.' };
  if (error instanceof MulterError) return uploadSaid(error);
  const { status, expose, code, message, type } = error as Thrown;
  if (code === 'EBADCSRFTOKEN' || message === 'invalid csrf token')
    return { status: 403, detail: 'The page was open too long. Go back, load it again and repeat what you did.' };
  if (tooMuch.includes(type ?? '')) return { status: 413, detail: 'Send a part of it, then the rest.' };
  if (status !== undefined && status < 500) return { status, detail: expose === false ? '' : (message ?? '') };
  return { status: 500, detail: '' };
}

type Thrown = { status?: number; expose?: boolean; code?: string; message?: string; type?: string };

/** What those who read a body call one that holds more than they take. */
const tooMuch = ['entity.too.large', 'parameters.too.many'];

const uploadSaid = ({ code }: MulterError): { status: number; detail: string } =>
  code === 'LIMIT_FILE_SIZE'
    ? { status: 413, detail: fileTooLarge }
    : { status: 400, detail: 'Send one file, in the field that the page has for it.' };

/** RFC 9457 */
export function problem(
  res: Response,
  { status, title, detail, ...more }: { status: number; title: string; detail: string; [more: string]: unknown },
): void {
  res
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: 'about:blank', title, status, detail, ...more }));
}

async function errorPage(
  deps: Deps,
  req: Request,
  res: Response,
  model: { status: number; title: string; detail: string },
): Promise<void> {
  // What failed may be the very thing the frame is made of.
  const frame = await pageFrame(req, res, deps.db, signedIn(req), deps.now()).catch(() => bareFrame(res));
  res.status(model.status).send(render('layout/error.njk', { ...frame, ...model }));
}
