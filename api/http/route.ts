import type { RequestHandler } from 'express';
import { z } from 'zod';
import type { Role } from '../../policy/people/roles.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Answer, Asked } from './answer.ts';
import type { CurrentUser } from './current-user.ts';
import { Invalid, parsed } from './problems.ts';

/** Who may use a route: the roles, or anyone at all without signing in. */
export type May = readonly Role[] | 'anyone';

/** One URL: what it takes, who may use it, what it is for, and how it answers. Made by `page`, `form`, `file` or `api`. */
export interface Route {
  readonly kind: 'page' | 'form' | 'file' | 'api';
  readonly method: 'get' | 'post';
  readonly path: string;
  readonly summary: string;
  readonly may: May;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  readonly body?: z.ZodType;
  readonly reply?: z.ZodType;
  readonly status?: number;
  /** The largest file this form takes, in bytes. None: it takes no file. */
  readonly uploadBytes?: number;
  /** Limits that run once the body is read and before anything is decided. */
  readonly limits?: readonly RequestHandler[];
  readonly answer: (asked: Asked) => Promise<Answer>;
}

export const nothing = z.object({});
export type Nothing = typeof nothing;

/** What every kind of route says of itself. */
export interface Common<M extends May, P extends z.ZodObject, Q extends z.ZodObject> {
  readonly path: string;
  readonly summary: string;
  readonly may: M;
  readonly params?: P;
  readonly query?: Q;
}

/** What every handler gets: the parsed parts and who asks. */
export interface Given<M extends May, P extends z.ZodObject, Q extends z.ZodObject> {
  readonly params: z.output<P>;
  readonly query: z.output<Q>;
  readonly user: M extends 'anyone' ? CurrentUser | null : CurrentUser;
}

/** Parses the address. A path that cannot be (a case id that is no id) is a 404, like one that is not there. */
export function givenOf<M extends May, P extends z.ZodObject, Q extends z.ZodObject>(
  { params, query }: Common<M, P, Q>,
  asked: Asked,
): Given<M, P, Q> {
  return {
    params: (params ? addressed(params, asked) : {}) as z.output<P>,
    query: (query ? parsed(query, asked.query) : {}) as z.output<Q>,
    // The mount lets nobody without an account reach a route that names roles.
    user: asked.user as Given<M, P, Q>['user'],
  };
}

function addressed<P extends z.ZodObject>(schema: P, asked: Asked): z.output<P> {
  try {
    return parsed(schema, asked.params);
  } catch (error) {
    throw error instanceof Invalid ? new Refusal('NotFound', 'Page not found', { cause: error }) : error;
  }
}

/** The parts of a route that need no handler. Fails at start if the path and its parameters' schema disagree. */
export function described<M extends May, P extends z.ZodObject, Q extends z.ZodObject>({
  path,
  summary,
  may,
  params,
  query,
}: Common<M, P, Q>) {
  const named = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name).sort();
  const typed = Object.keys(params?.shape ?? {}).sort();
  if (named.join() !== typed.join()) throw new Error(`${path} names [${named}] but its schema has [${typed}]`);
  return { path, summary, may, params: params ?? nothing, query: query ?? nothing };
}
