import { isPupilFlag } from '../people/flags.ts';
import { scriptIds } from './call-scripts.ts';
import { type BaseOf, layered } from './layers.ts';
import { Pack } from './pack.ts';
import { isNone } from './read.ts';
import { isMap } from './settings.ts';
import { understoodAs } from './understood-as.ts';

/**
 * Reads a text that is kept already. Earlier releases took any word for whom a policy softens, and nothing came of one that is no flag
 * of a pupil: it is left out. They took any word for what is said in a call, too, and showed nothing for one that was none: such a
 * call has the words of a first one. Either stops no school, and the linter finds it.
 * @throws Refusal('BadInput') as `readPack` does, for all else
 */
export function readKeptPack(text: string, fileName: string, baseOf?: BaseOf): Pack {
  const source = layered(text, fileName, baseOf);
  return understoodAs({ ...source, value: scriptsKnown(softeningKnown(source.value)) }, Pack, isNone);
}

function softeningKnown(value: unknown): unknown {
  if (!isMap(value) || !isMap(value.softens) || !Array.isArray(value.softens.for)) return value;
  const known = value.softens.for.filter((flag) => typeof flag === 'string' && isPupilFlag(flag));
  const { softens, ...rest } = value;
  return known.length === 0 ? rest : { ...rest, softens: { ...softens, for: known } };
}

function scriptsKnown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(scriptsKnown);
  if (!isMap(value)) return value;
  const parts = Object.fromEntries(Object.entries(value).map(([name, part]) => [name, scriptsKnown(part)]));
  const { call } = parts;
  const isUnknown = isMap(call) && typeof call.script === 'string' && !scriptIds.some((id) => id === call.script);
  return isUnknown ? { ...parts, call: { ...call, script: scriptIds[0] } } : parts;
}
