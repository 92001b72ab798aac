import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { readPack } from '../../../policy/pack/read.ts';
import { wrongIn } from '../../../policy/simulate/example.ts';

const folder = new URL('../../../policy/packs/', import.meta.url);
const packs = readdirSync(folder).filter((name) => name.endsWith('.yaml'));

describe.each(packs)('the examples of %s', (file) => {
  const pack = readPack(readFileSync(new URL(file, folder), 'utf8'), file);

  it.each(pack.examples.map((example) => [example.name, example] as const))('%s', (_name, example) => {
    expect(wrongIn(pack, example)).toEqual([]);
  });
});
