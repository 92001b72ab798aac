import { type BaseOf, layered } from './layers.ts';
import { Pack } from './pack.ts';
import { understoodAs } from './understood-as.ts';

/** What is said of a text that is none. */
export const isNone = 'not a policy pack we can follow';

/**
 * Reads a policy pack from its YAML 1.2 text, with the trust's policy that it extends, if it does.
 * @throws Refusal('BadInput') that names the file, the line, the column, the reason and the cure, for each clause that is wrong.
 */
export const readPack = (text: string, fileName: string, baseOf?: BaseOf): Pack =>
  understoodAs(layered(text, fileName, baseOf), Pack, isNone);
