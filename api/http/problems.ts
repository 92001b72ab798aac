import type { z } from 'zod';

/** One thing that is wrong with what was sent, in words for the person who sent it. */
export interface Problem {
  /** The field's name, or empty when it concerns no single field. */
  readonly field: string;
  readonly text: string;
}

/** What was sent does not fit its schema. Becomes the form again with its errors, or a 422. */
export class Invalid extends Error {
  override readonly name = 'Invalid';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super('What was sent is not right');
    this.problems = problems;
  }
}

/** Something wrong with the request itself: a status of its own, a heading, and what to do. */
export class Halt extends Error {
  override readonly name = 'Halt';
  readonly status: number;
  readonly title: string;

  constructor(status: number, title: string, message: string) {
    super(message);
    this.status = status;
    this.title = title;
  }
}

/** The first problem of each field, in the order of the fields. */
export function problemsOf(error: z.ZodError): readonly Problem[] {
  const all = error.issues.map(({ path, message }) => ({ field: path.join('.'), text: message }));
  return all.filter(({ field }, at) => all.findIndex((other) => other.field === field) === at);
}

/** The parsed value, or `Invalid`. */
export function parsed<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const result = schema.safeParse(input);
  if (!result.success) throw new Invalid(problemsOf(result.error));
  return result.data;
}
