import type { z } from 'zod';
import { Refusal } from '../refusal.ts';
import { issuesMeant } from './issues-meant.ts';
import type { SourceText } from './source-text.ts';

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

function placed(source: SourceText, path: readonly PropertyKey[], message: string): string {
  const { fileName, line, column } = source.placeOf(path);
  return `${fileName}:${line}:${column} ${path.length === 0 ? '' : `(${path.map(String).join(' / ')}) `}${message}.`;
}
