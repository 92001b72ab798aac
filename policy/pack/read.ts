import { isPupilFlag } from '../people/flags.ts';
import { type BaseOf, layered } from './layers.ts';
import { Pack } from './pack.ts';
import { isMap } from './settings.ts';
import { understoodAs } from './understood-as.ts';

const isNone = 'not a policy pack we can follow';

/**
 * Reads a policy pack from its YAML 1.2 text, with the trust's policy that it extends, if it does.
 * @throws Refusal('BadInput') that names the file, the line, the column, the reason and the cure, for each clause that is wrong.
 */
export const readPack = (text: string, fileName: string, baseOf?: BaseOf): Pack =>
  understoodAs(layered(text, fileName, baseOf), Pack, isNone);

/**
 * Reads a text that is kept already. Earlier releases took any word for whom a policy softens, and nothing came of one that is no flag
 * of a pupil: it is left out, where the linter finds it, and stops no school.
 * @throws Refusal('BadInput') as `readPack` does, for all else
 */
export function readKeptPack(text: string, fileName: string, baseOf?: BaseOf): Pack {
  const source = layered(text, fileName, baseOf);
  return understoodAs({ ...source, value: softeningKnown(source.value) }, Pack, isNone);
}

function softeningKnown(value: unknown): unknown {
  if (!isMap(value) || !isMap(value.softens) || !Array.isArray(value.softens.for)) return value;
  const known = value.softens.for.filter((flag) => typeof flag === 'string' && isPupilFlag(flag));
  const { softens, ...rest } = value;
  return known.length === 0 ? rest : { ...rest, softens: { ...softens, for: known } };
}
