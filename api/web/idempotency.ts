import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Request, RequestHandler, Response } from 'express';
import { Refusal } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import { claimReply, forgetReplies, giveUpReply, keepReply } from '../../prisma/idempotent-replies.ts';
import { canonical } from '../../prisma/ledger.ts';
import type { Deps } from '../deps.ts';
import { uploadOf } from './receive.ts';
import { signedIn } from './signed-in.ts';

const anHour = 60 * 60_000;

/** Refuses a POST that does not name itself, before its body is read. */
export const keyed: RequestHandler = (req, _res, next) => {
  if (!/^[\x21-\x7e]{8,200}$/.test(req.get('idempotency-key') ?? ''))
    throw new Refusal('BadInput', 'Send an Idempotency-Key header of 8 to 200 characters, new for each thing you ask');
  next();
};

/**
 * Every POST to the API names itself with an Idempotency-Key: the same key again gets the first answer, not a second deed of the
 * handler's.
 * A key still being worked on is 409, or answered by `meanwhile`; with another body it is refused. Only success is kept: what was refused may be tried again.
 */
export function idempotent(
  { db, now }: Pick<Deps, 'db' | 'now'>,
  handler: RequestHandler,
  meanwhile?: RequestHandler,
): RequestHandler {
  let forgottenAt = 0;
  return async (req, res, next) => {
    const key = `${signedIn(req)?.id ?? ''}:${req.get('idempotency-key')}`;
    const requestHash = hashOf(req);
    const claim = { key, requestHash, at: new Date(now()) };
    const first = await claimReply(db, claim);
    if (now() > forgottenAt + anHour) {
      forgottenAt = now();
      await forgetReplies(db, new Date(forgottenAt));
    }
    if (first === 'ours') {
      const kept = keepFirst(db, claim, res);
      try {
        return await handler(req, res, next);
      } finally {
        // Until the handler is done nobody may try again, whether or not there is still somebody to answer; a process that dies in
        // between leaves the claim to grow old.
        if (!kept()) void giveUp(db, claim.key);
      }
    }
    if (first.requestHash !== requestHash)
      throw new Refusal('BadInput', 'This Idempotency-Key was used for something else. Take a new one');
    if (first.status === null && meanwhile) return meanwhile(req, res, next);
    if (first.status === null) throw new Refusal('Busy', 'The first request with this Idempotency-Key is still being worked on');
    res.status(first.status).json(first.body);
  };
}

/** What is asked, and where: its body as JSON, or the hash that its file has already. */
const hashOf = (req: Request): string =>
  createHash('sha256')
    .update(`${req.originalUrl}\n${uploadOf(req)?.sha256 ?? canonical(req.body ?? null)}`)
    .digest('hex');

/** Keeps the answer before it is sent, and says whether there is one: a refusal, a fault or a file leaves none. */
function keepFirst(db: Db, claim: Parameters<typeof keepReply>[1], res: Response): () => boolean {
  const send = res.json.bind(res);
  let answered = false;
  res.json = (body: unknown) => {
    answered = true;
    keepReply(db, claim, { status: res.statusCode, body: body as object }).then(
      () => send(body),
      (error: unknown) => res.destroy(error as Error),
    );
    return res;
  };
  return () => answered;
}

/** The database may be away, which may be why there is no answer: the key is given up as soon as it is back. */
async function giveUp(db: Db, key: string): Promise<void> {
  for (const seconds of [0, 1, 2, 4, 8, 16, 30]) {
    await pause(seconds * 1000, undefined, { ref: false });
    try {
      return await giveUpReply(db, key);
    } catch {
      // Tried again. A claim that nobody could give up grows old by itself.
    }
  }
}
