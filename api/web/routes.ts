import { z } from 'zod';
import type {
  ApiRoute,
  Ctx,
  Done,
  Download,
  FieldOf,
  FileType,
  FormRoute,
  May,
  PageRoute,
  Problems,
  TakenType,
  View,
} from './route.ts';

const nothing = z.object({});
type Of<S extends z.ZodType | undefined> = S extends z.ZodType ? z.infer<S> : Record<string, never>;

type Said<P, Q = undefined, B = undefined> = { path: string; may: May; summary: string; params?: P; query?: Q; body?: B };

/** A page: GET, shows something, decides nothing. */
export function page<P extends z.ZodType | undefined = undefined, Q extends z.ZodType | undefined = undefined>(
  said: Said<P, Q> & { concerns?: FieldOf; handle: (ctx: Ctx<Of<P>, Of<Q>>) => Promise<View | Download> },
): PageRoute {
  return { kind: 'page', params: nothing, query: nothing, ...said } as PageRoute;
}

/** A form: POST from a page. Wrong input shows the same page again (422) with what is wrong; done goes on (303). */
export function form<P extends z.ZodType | undefined = undefined, B extends z.ZodType = z.ZodType>(
  said: Said<P, undefined, B> & {
    body: B;
    upload?: string;
    concerns?: string | FieldOf;
    handle: (ctx: Ctx<Of<P>, unknown, z.infer<B>>) => Promise<Done | View | Download>;
    again: (ctx: Ctx<Of<P>, unknown, Record<string, unknown>>, problems: Problems) => Promise<View>;
  },
): FormRoute {
  return { kind: 'form', params: nothing, ...said } as unknown as FormRoute;
}

type Named<P, Q, B> = Said<P, Q, B> & { name: string; more?: string };

/** A JSON endpoint under /api/v1, in the OpenAPI document by its own schemas. It refuses what they do not name. */
export function api<
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType = z.ZodType,
>(
  said: Named<P, Q, B> & {
    method: 'get' | 'post';
    takes?: TakenType;
    tells?: z.ZodType;
    reply: R;
    handle: (ctx: Ctx<Of<P>, Of<Q>, Of<B>>) => Promise<z.input<R>>;
    meanwhile?: (ctx: Ctx<Of<P>, Of<Q>, Of<B>>) => Promise<z.input<R>>;
  },
): ApiRoute {
  return endpoint({ ...said, query: said.query?.strict() ?? nothing.strict() });
}

/** A file under /api/v1, such as a letter's PDF. */
export const apiFile = <
  P extends z.ZodType,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  said: Named<P, Q, B> & {
    method: 'get' | 'post';
    params: P;
    sends: FileType;
    handle: (ctx: Ctx<z.infer<P>, Of<Q>, Of<B>>) => Promise<Download>;
  },
): ApiRoute => endpoint({ ...said, query: said.query?.strict() ?? nothing.strict() });

const endpoint = (said: { path: string; [part: string]: unknown }): ApiRoute =>
  ({
    ...{ kind: 'api', params: nothing, body: nothing, takes: null, reply: null, sends: null, tells: null, more: '' },
    ...said,
    path: `/api/v1${said.path}`,
  }) as unknown as ApiRoute;
