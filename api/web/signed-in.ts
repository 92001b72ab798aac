import type { Request, RequestHandler } from 'express';
import type { Role } from '../../policy/people/roles.ts';
import { userByToken, userOf } from '../../prisma/users.ts';
import type { Deps } from '../deps.ts';
import { signedInFor } from './sessions.ts';

/** The person (or the machine in a person's name) behind a request. */
export type SignedIn = {
  id: string;
  name: string;
  role: Role;
  schoolId: string | null;
  authorityId: string | null;
  className: string | null;
  /** In whose place they decide, while that person is away: then `role` is that person's. */
  for?: string;
};

declare module 'express-session' {
  interface SessionData {
    userId: string;
    /** When the password was given, epoch ms. */
    signedInAt: number;
    /** What was just done, for the page that the browser was sent on to. */
    say: { text: string; on: string };
  }
}

const known = new WeakMap<Request, SignedIn>();

/** Who is signed in on this request, if anyone. */
export const signedIn = (req: Request): SignedIn | undefined => known.get(req);

/** Finds out who asks: by bearer token under /api, by session elsewhere. An account switched off is nobody at once. */
export function knowWhoAsks({ db, now }: Deps): RequestHandler {
  return async (req, _res, next) => {
    const token = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
    const byApi = req.path.startsWith('/api/');
    const user = byApi && token ? await userByToken(db, token) : await userOf(db, stillSignedIn(req, now()));
    if (user) known.set(req, user);
    next();
  };
}

const stillSignedIn = ({ session }: Request, now: number): string | undefined =>
  session.signedInAt !== undefined && now < session.signedInAt + signedInFor ? session.userId : undefined;
