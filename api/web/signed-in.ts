import type { Request, RequestHandler } from 'express';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import { atSchool } from '../../prisma/trusts.ts';
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
    /** The school that a trust lead chose to look at. */
    chosenSchool?: string;
    /** When the password was given, epoch ms. */
    signedInAt: number;
    /** What was just done, for the page that the browser was sent on to. */
    say: { text: string; on: string };
  }
}

const known = new WeakMap<Request, SignedIn>();

/** Who is signed in on this request, if anyone. */
export const signedIn = (req: Request): SignedIn | undefined => known.get(req);

/** By which a machine says at which school of the trust it asks, in the name of a trust lead. */
export const schoolHeader = 'Firstbell-School';

/**
 * Finds out who asks: by bearer token under /api, by session elsewhere. An account switched off is nobody at once, and a school that
 * has left the trust is the trust lead's no more.
 */
export function knowWhoAsks(deps: Deps): RequestHandler {
  return async (req, _res, next) => {
    const token = /^Bearer (\S+)$/.exec(req.get('authorization') ?? '')?.[1];
    const user = req.path.startsWith('/api/') && token ? await byMachine(deps, req, token) : await byBrowser(deps, req);
    if (user) known.set(req, user);
    next();
  };
}

async function byMachine({ db }: Deps, req: Request, token: string): Promise<SignedIn | undefined> {
  const user = await userByToken(db, token);
  const school = req.get(schoolHeader);
  if (!user || school === undefined) return user;
  const there = await atSchool(db, user, school);
  // What is asked of one school is never answered of another.
  if (!there) throw new Refusal('NotFound', `${schoolHeader} names no school that you may look at`);
  return there;
}

async function byBrowser({ db, now }: Deps, req: Request): Promise<SignedIn | undefined> {
  const user = await userOf(db, stillSignedIn(req, now()));
  const { chosenSchool } = req.session;
  return user && chosenSchool !== undefined ? ((await atSchool(db, user, chosenSchool)) ?? user) : user;
}

const stillSignedIn = ({ session }: Request, now: number): string | undefined =>
  session.signedInAt !== undefined && now < session.signedInAt + signedInFor ? session.userId : undefined;
