import { createHash } from 'node:crypto';
import type { RequestHandler, Response } from 'express';
import { Refusal } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import { canonical } from '../../prisma/ledger.ts';
import { signedIn } from './signed-in.ts';

/**
 * Every POST to the API names itself with an Idempotency-Key: the same key again gets the first answer, not a second deed.
 * A key still being worked on is 409; with another body it is refused.
 */
export function idempotent(db: Db): RequestHandler {
  return async (req, res, next) => {
    const given = req.get('idempotency-key');
    if (!given || !/^[\x21-\x7e]{8,200}$/.test(given))
      throw new Refusal('BadInput', 'Send an Idempotency-Key header of 8 to 200 characters, new for each thing you ask');
    const key = `${signedIn(req)?.id ?? ''}:${given}`;
    const requestHash = createHash('sha256')
      .update(`${req.originalUrl}\n${canonical(req.body ?? null)}`)
      .digest('hex');
    const { count } = await db.idempotentReply.createMany({ data: [{ key, requestHash }], skipDuplicates: true });
    if (count === 1) {
      keepReply(db, key, res);
      return next();
    }
    const first = await db.idempotentReply.findUniqueOrThrow({ where: { key } });
    if (first.requestHash !== requestHash)
      throw new Refusal('BadInput', 'This Idempotency-Key was used for something else. Take a new one');
    if (first.status === null) throw new Refusal('Busy', 'The first request with this Idempotency-Key is still being worked on');
    res.status(first.status).json(first.body);
  };
}

/** Keeps the answer before it is sent. A failure leaves no answer: the same key may be tried again. */
function keepReply(db: Db, key: string, res: Response): void {
  const send = res.json.bind(res);
  res.json = (body: unknown) => {
    db.idempotentReply.update({ where: { key }, data: { status: res.statusCode, body: body as object } }).then(
      () => send(body),
      (error: unknown) => res.destroy(error as Error),
    );
    return res;
  };
  res.on('finish', () => {
    if (res.statusCode >= 400) void db.idempotentReply.deleteMany({ where: { key, status: null } }).catch(() => undefined);
  });
}
