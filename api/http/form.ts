import type { RequestHandler } from 'express';
import type { z } from 'zod';
import { Refusal } from '../../policy/refusal.ts';
import type { Answer, Asked, Fields, PageAnswer, RedirectAnswer, Upload, Visit } from './answer.ts';
import { foldDates } from './date-fields.ts';
import { Halt, Invalid, type Problem, parsed } from './problems.ts';
import { type Common, described, type Given, givenOf, type May, type Nothing, type Route } from './route.ts';

interface FormGiven<M extends May, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends Given<M, P, Q> {
  readonly body: z.output<B>;
  /** The same for every press of this one button: pass it on as the key of what follows. */
  readonly key: string;
  readonly visit: Visit;
  readonly upload: Upload | null;
}

interface FormSpec<M extends May, P extends z.ZodObject, Q extends z.ZodObject, B extends z.ZodType> extends Common<M, P, Q> {
  readonly body: B;
  /** The page that holds the form: shown again, with what was typed and what is wrong, when something is. */
  readonly on: Route;
  readonly uploadBytes?: number;
  readonly limits?: readonly RequestHandler[];
  /** Does it, and says where to go next. May also throw a `Refusal` or an `Invalid`. */
  readonly handle: (given: FormGiven<M, P, Q, B>) => Promise<RedirectAnswer>;
}

/** What a person sends from a page: once a press, and 303 to somewhere else when done. */
export const form = <const M extends May, B extends z.ZodType, P extends z.ZodObject = Nothing, Q extends z.ZodObject = Nothing>(
  spec: FormSpec<M, P, Q, B>,
): Route => ({
  ...described(spec),
  kind: 'form',
  method: 'post',
  body: spec.body,
  ...(spec.uploadBytes && { uploadBytes: spec.uploadBytes }),
  ...(spec.limits && { limits: spec.limits }),
  async answer(asked) {
    const sent = foldDates(asked.body as Fields);
    try {
      const { key, visit, upload } = asked;
      return await spec.handle({ ...givenOf(spec, asked), body: parsed(spec.body, sent), key, visit, upload });
    } catch (error) {
      const wrong = saidOnTheForm(error);
      if (!wrong) throw error;
      return shownAgain(await spec.on.answer(asked), asked, wrong);
    }
  },
});

/** What the person can put right on the form itself. Anything else is a page of its own. */
function saidOnTheForm(error: unknown): { status: number; problems: readonly Problem[] } | null {
  if (error instanceof Invalid) return { status: 422, problems: error.problems };
  if (error instanceof Refusal && error.status === 422) return { status: 422, problems: [{ field: '', text: error.message }] };
  return null;
}

function shownAgain(
  page: Answer,
  { body }: Asked,
  { status, problems }: { status: number; problems: readonly Problem[] },
): PageAnswer {
  if (page.is !== 'page') throw new Halt(409, 'Something changed', 'This page has moved on since you opened it.');
  return { ...page, status, problems, values: body as Fields };
}
