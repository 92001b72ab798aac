import type { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { issuesMeant } from './issues-meant.ts';
import type { Place, SourceText } from './source-text.ts';

/**
 * What a YAML text says, as the schema reads it.
 * @throws Refusal('BadInput') that names the file, the line, the column, the reason and the cure, for each clause that is wrong.
 */
export function understoodAs<T>(source: SourceText, schema: z.ZodType<T>, isNone: string): T {
  if (source.broken) {
    const { place, why, cure } = source.broken;
    throw new Refusal('BadInput', `${place.fileName}:${place.line}:${place.column} ${why}. ${cure}.`);
  }
  const parsed = schema.safeParse(source.value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const wrong = issuesMeant(parsed.error).map(({ path, message }) => placed(source, path, message));
  throw new Refusal('BadInput', [`${source.fileName} is ${isNone}:`, ...wrong].join('\n'));
}

/** What in a YAML text the schema does not understand: where, why, and what to do. */
export type Misread = Place & { clause: string; why: string; cure: string };

/** Each thing for which a text is not what the schema reads; nothing if it is. `cure` is what to do, where the reason does not say. */
export function misreadIn(source: SourceText, schema: z.ZodType, cure: string): Misread[] {
  if (source.broken) return [{ ...source.broken.place, clause: '', why: source.broken.why, cure: source.broken.cure }];
  const parsed = schema.safeParse(source.value, { reportInput: true });
  return parsed.success
    ? []
    : issuesMeant(parsed.error).map(({ path, message }) => ({
        ...{ ...source.placeOf(path), clause: path.map(String).join(' / '), why: message, cure },
      }));
}

function placed(source: SourceText, path: readonly PropertyKey[], message: string): string {
  const { fileName, line, column } = source.placeOf(path);
  return `${fileName}:${line}:${column} ${path.length === 0 ? '' : `(${path.map(String).join(' / ')}) `}${message}.`;
}
