import type { z } from 'zod';
import type { FileAnswer, RedirectAnswer } from './answer.ts';
import { type Common, described, type Given, givenOf, type May, type Nothing, type Route } from './route.ts';

interface PageSpec<M extends May, V, P extends z.ZodObject, Q extends z.ZodObject> extends Common<M, P, Q> {
  /** From `api/`, for example `cases/case.njk`. */
  readonly template: string;
  readonly handle: (given: Given<M, P, Q>) => V | RedirectAnswer | Promise<V | RedirectAnswer>;
}

/** A page: a GET that changes nothing and prints its view model through its template. */
export const page = <
  const M extends May,
  V extends { title: string },
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
>(
  spec: PageSpec<M, V, P, Q>,
): Route => ({
  ...described(spec),
  kind: 'page',
  method: 'get',
  async answer(asked) {
    const view = await spec.handle(givenOf(spec, asked));
    if (isRedirect(view)) return view;
    return { is: 'page', status: 200, template: spec.template, view, problems: [], values: {} };
  },
});

interface FileSpec<M extends May, P extends z.ZodObject, Q extends z.ZodObject> extends Common<M, P, Q> {
  readonly handle: (given: Given<M, P, Q>) => Promise<Omit<FileAnswer, 'is'>>;
}

/** Something to look at or to save that is not a page: a PDF, a CSV, a picture. */
export const file = <const M extends May, P extends z.ZodObject = Nothing, Q extends z.ZodObject = Nothing>(
  spec: FileSpec<M, P, Q>,
): Route => ({
  ...described(spec),
  kind: 'file',
  method: 'get',
  answer: async (asked) => ({ is: 'file', ...(await spec.handle(givenOf(spec, asked))) }),
});

const isRedirect = (view: object): view is RedirectAnswer => 'is' in view && view.is === 'redirect';
