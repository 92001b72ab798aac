import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Refusal } from '../../../policy/refusal.ts';
import type { Mapping } from '../../../policy/register/mapping/mapping.ts';
import { readMapping } from '../../../policy/register/mapping/read-mapping.ts';

const folder = new URL('../../../policy/register/mappings/', import.meta.url);
let read: Mapping[] | undefined;

/** The mappings that come with Firstbell, by name. */
export function presets(): readonly Mapping[] {
  read ??= readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readMapping(readFileSync(new URL(file, folder), 'utf8'), file));
  return read;
}

/**
 * The mapping that is called so, or that is in a file of this name.
 * @throws Refusal('NotFound') naming those there are, or Refusal('BadInput') for a file that is no mapping.
 */
export function mappingOf(nameOrFile: string): Mapping {
  const preset = presets().find(({ mapping }) => mapping === nameOrFile);
  if (preset) return preset;
  if (existsSync(nameOrFile)) return readMapping(readFileSync(nameOrFile, 'utf8'), path.basename(nameOrFile));
  const names = presets().map(({ mapping }) => mapping);
  throw new Refusal('NotFound', `There is no mapping or file "${nameOrFile}". Mappings: ${names.join(', ')}`);
}
