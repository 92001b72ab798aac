import type { z } from 'zod';
import { parsed } from './problems.ts';
import { type Common, described, type Given, givenOf, type May, type Nothing, type Route } from './route.ts';

interface ApiCommon<M extends May, P extends z.ZodObject, Q extends z.ZodObject, R extends z.ZodType> extends Common<M, P, Q> {
  readonly path: `/api/v1/${string}`;
  /** What comes back. A field that it does not name never leaves. */
  readonly reply: R;
}

interface GetSpec<M extends May, P extends z.ZodObject, Q extends z.ZodObject, R extends z.ZodType>
  extends ApiCommon<M, P, Q, R> {
  readonly handle: (given: Given<M, P, Q>) => Promise<z.input<R>>;
}

/** A JSON answer for a machine. Changes nothing. */
export const apiGet = <
  const M extends May,
  R extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
>(
  spec: GetSpec<M, P, Q, R>,
): Route => ({
  ...described(spec),
  kind: 'api',
  method: 'get',
  reply: spec.reply,
  answer: async (asked) => ({
    is: 'json',
    status: 200,
    body: spec.reply.parse(await spec.handle(givenOf(spec, asked))) as z.core.util.JSONType,
  }),
});

interface PostGiven<M extends May, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends Given<M, P, Q> {
  readonly body: z.output<B>;
  /** Made from the user and the Idempotency-Key: pass it on as the key of what follows. */
  readonly key: string;
}

interface PostSpec<M extends May, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType, R extends z.ZodType>
  extends ApiCommon<M, P, Q, R> {
  readonly body: B;
  /** 200 unless it says otherwise. */
  readonly status?: 200 | 201 | 202;
  readonly handle: (given: PostGiven<M, P, Q, B>) => Promise<z.input<R>>;
}

/** Something a machine asks us to do: once for each Idempotency-Key. */
export const apiPost = <
  const M extends May,
  B extends z.ZodType,
  R extends z.ZodType,
  P extends z.ZodObject = Nothing,
  Q extends z.ZodObject = Nothing,
>(
  spec: PostSpec<M, P, Q, B, R>,
): Route => ({
  ...described(spec),
  kind: 'api',
  method: 'post',
  body: spec.body,
  reply: spec.reply,
  ...(spec.status && { status: spec.status }),
  async answer(asked) {
    const body = parsed(spec.body, asked.body);
    const replied = await spec.handle({ ...givenOf(spec, asked), body, key: asked.key });
    return { is: 'json', status: spec.status ?? 200, body: spec.reply.parse(replied) as z.core.util.JSONType };
  },
});
