import type { z } from 'zod';
import { issuesMeant } from './issues-meant.ts';
import { isMap } from './settings.ts';
import type { SourceText } from './source-text.ts';

/**
 * What a text that was kept by an earlier release still says: what this one does not read is left out, part by part, and the rest
 * holds. Null if nothing is left of it. What is newly brought in is never read so.
 */
export function stillSaid<T>(source: SourceText, schema: z.ZodType<T>): { value: T; parts: string[] } | null {
  if (source.broken || !isMap(source.value)) return null;
  const value = structuredClone(source.value);
  // Each round takes something out, so there is an end.
  for (;;) {
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) return { value: parsed.data, parts: Object.keys(value) };
    const [first] = issuesMeant(parsed.error);
    if (!first || !placesOf(first).every((path) => takeOut(value, path))) return null;
  }
}

/** What is not read stands where the issue is; a word that is unknown, below it. */
const placesOf = (issue: z.core.$ZodIssue): (readonly PropertyKey[])[] =>
  issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];

/** Takes out what stands at a path, or what is nearest around it. False if that is the whole. */
function takeOut(value: Record<string, unknown>, path: readonly PropertyKey[]): boolean {
  const [key, ...rest] = path;
  if (key === undefined || !Object.hasOwn(value, key)) return false;
  const within = value[key as string];
  if (isMap(within) && takeOut(within, rest)) return true;
  delete value[key as string];
  return true;
}
