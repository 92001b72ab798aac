import { z } from 'zod';

type Issues = { addIssue: (issue: { code: 'custom'; path: PropertyKey[]; message: string }) => void };

/**
 * What the fields of a form come to, checked by the schema that machines are held to. What is wrong is said beside the form's
 * own field: `fieldOf` names those that are called something else there, `instead` says some things in other words.
 */
export function formOf<S extends z.ZodType>(
  schema: S,
  asked: unknown,
  ctx: Issues,
  { fieldOf = {}, instead = {} }: { fieldOf?: Record<string, string>; instead?: Record<string, string> } = {},
): z.infer<S> {
  const parsed = schema.safeParse(asked);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    const name = String(path[0] ?? 'do');
    const field = fieldOf[name] ?? name;
    ctx.addIssue({ code: 'custom', path: [field], message: instead[field] ?? message });
  }
  return z.NEVER;
}
