import { readdirSync, readFileSync } from 'node:fs';
import type { Pack } from '../../policy/pack/pack.ts';
import { readPack } from '../../policy/pack/read.ts';

const folder = new URL('../../policy/packs/', import.meta.url);

/** The packs that come with Firstbell, each after its name: a row of a table of tests. */
export const shippedPacks: [string, Pack][] = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .map((name) => [name.replace('.yaml', ''), readPack(readFileSync(new URL(name, folder), 'utf8'), name)]);
