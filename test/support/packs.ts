import { readdirSync, readFileSync } from 'node:fs';
import type { Pack } from '../../policy/pack/pack.ts';
import { readPack } from '../../policy/pack/read.ts';

const folder = new URL('../../policy/packs/', import.meta.url);

export const packFile = (name: string): URL => new URL(`${name}.yaml`, folder);

/** The packs that come with Firstbell, each after its name: a row of a table of tests. */
export const shippedPacks: [string, Pack][] = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => [file.replace('.yaml', ''), readPack(readFileSync(new URL(file, folder), 'utf8'), file)]);
