import { randomUUID } from 'node:crypto';
import type { Request } from 'express';
import type { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import { stableId } from '../../prisma/stable-id.ts';
import type { Deps } from '../deps.ts';
import { uploadOf } from './receive.ts';
import type { Ctx } from './route.ts';
import { type SignedIn, signedIn } from './signed-in.ts';

/** What a handler gets of a request, once its values are checked. */
export function ctxOf(req: Request, deps: Deps, values: { params: unknown; query: unknown; body: unknown }): Ctx {
  const asked = (req.body as { decisionKey?: unknown } | undefined)?.decisionKey ?? req.get('idempotency-key');
  const user = signedIn(req) as SignedIn;
  return {
    ...values,
    typed: req.query,
    user,
    deps,
    upload: uploadOf(req),
    at: deps.now(),
    key: stableId(`${user?.id} ${typeof asked === 'string' ? asked : randomUUID()}`),
  };
}

/** A part of the address that cannot be right names nothing that exists. */
export function paramsOf(schema: z.ZodType, req: Request): unknown {
  const parsed = schema.safeParse(req.params);
  if (!parsed.success) throw new Refusal('NotFound', 'There is nothing at this address');
  return parsed.data;
}
