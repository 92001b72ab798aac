import { promisify } from 'node:util';
import type { Request, Response } from 'express';

/**
 * Sends the browser on to another page, once the session is kept. Left to itself the session store lets the answer's head go
 * first: a browser that follows at once then meets the session as it was before, without the word or even the signing in.
 */
export async function goOn(req: Request, res: Response, to: string): Promise<void> {
  await promisify(req.session.save.bind(req.session))();
  res.redirect(303, to);
}
