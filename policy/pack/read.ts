import { Refusal } from '../refusal.ts';
import { issuesMeant } from './issues-meant.ts';
import { type BaseOf, layered } from './layers.ts';
import { Pack } from './pack.ts';
import type { SourceText } from './source-text.ts';

/**
 * Reads a policy pack from its YAML 1.2 text, with the trust's policy that it extends, if it does.
 * @throws Refusal('BadInput') that names the file, the line, the column, the reason and the cure, for each clause that is wrong.
 */
export function readPack(text: string, fileName: string, baseOf?: BaseOf): Pack {
  const source = layered(text, fileName, baseOf);
  if (source.broken) {
    const { place, why, cure } = source.broken;
    throw new Refusal('BadInput', `${place.fileName}:${place.line}:${place.column} ${why}. ${cure}.`);
  }
  const parsed = Pack.safeParse(source.value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const wrong = issuesMeant(parsed.error).map(({ path, message }) => placed(source, path, message));
  throw new Refusal('BadInput', [`${fileName} is not a policy pack we can follow:`, ...wrong].join('\n'));
}

function placed(source: SourceText, path: readonly PropertyKey[], message: string): string {
  const { fileName, line, column } = source.placeOf(path);
  return `${fileName}:${line}:${column} ${path.length === 0 ? '' : `(${path.map(String).join(' / ')}) `}${message}.`;
}
