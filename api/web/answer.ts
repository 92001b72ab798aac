import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Deps } from '../deps.ts';
import { ctxOf, paramsOf } from './ctx.ts';
import { DetailedRefusal } from './detailed-refusal.ts';
import { sendFile } from './download.ts';
import type { ApiRoute, Download } from './route.ts';

/** Answers a machine: its values are checked by the route's schemas, and so is what it gets. */
export function answer(route: ApiRoute, deps: Deps): RequestHandler {
  return async (req, res) => {
    const params = paramsOf(route.params, req);
    const query = checked(route.query, req.query);
    const body = checked(route.body, route.takes ? {} : (req.body ?? {}));
    const reply = await route.handle(ctxOf(req, deps, { params, query, body }));
    if (route.reply === null) await sendFile(res, reply as Download);
    else res.json(route.reply.parse(reply));
  };
}

function checked(schema: z.ZodType, given: unknown): unknown {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map(({ path, message }) => ({ at: path.join('.'), message }));
  throw new DetailedRefusal('BadInput', z.prettifyError(parsed.error), { errors });
}
