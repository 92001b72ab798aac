import type { z } from 'zod';

/** What is wrong with a value: of the ways in which a clause may be written, with the one that it comes nearest to. */
export const issuesMeant = (error: z.ZodError): z.core.$ZodIssue[] => error.issues.flatMap(meant);

function meant(issue: z.core.$ZodIssue): z.core.$ZodIssue[] {
  if (issue.code !== 'invalid_union') return [issue];
  const ways = issue.errors.map((inner) => inner.map((one) => ({ ...one, path: [...issue.path, ...one.path] })).flatMap(meant));
  const depth = (way: z.core.$ZodIssue[]) => Math.max(...way.map(({ path }) => path.length));
  return ways.toSorted((a, b) => depth(b) - depth(a))[0] ?? [issue];
}
