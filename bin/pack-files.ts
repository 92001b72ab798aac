import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BaseOf } from '../policy/pack/layers.ts';
import type { Pack } from '../policy/pack/pack.ts';
import { readPack } from '../policy/pack/read.ts';
import { Obstacle } from './obstacle.ts';

const folder = new URL('../policy/packs/', import.meta.url);

/** The packs that come with this version: their ids. */
export const shippedPacks = (): string[] =>
  readdirSync(folder).flatMap((name) => (name.endsWith('.yaml') ? [name.slice(0, -'.yaml'.length)] : []));

/**
 * The file of a pack that a command names: a path, or the id of a pack that comes with this version.
 * @throws Obstacle if there is neither.
 */
export function packFileNamed(name: string): string {
  if (existsSync(name)) return name;
  const shipped = new URL(`${name}.yaml`, folder);
  if (/^[a-z0-9-]+$/.test(name) && existsSync(shipped)) return fileURLToPath(shipped);
  throw new Obstacle(`There is no file ${name}, and no policy of that id. Policies here: ${shippedPacks().join(', ')}.`);
}

/** The policy that one in this file extends: beside it, or one that comes with this version. */
export const baseBeside =
  (file: string): BaseOf =>
  (id) => {
    if (!/^[a-z0-9-]+$/.test(id)) return undefined;
    const beside = path.join(path.dirname(file), `${id}.yaml`);
    const found = [beside, fileURLToPath(new URL(`${id}.yaml`, folder))].find((one) => existsSync(one));
    return found === undefined ? undefined : { text: readFileSync(found, 'utf8'), fileName: found };
  };

/**
 * The pack that a command names, with the trust's that it extends.
 * @throws Obstacle if there is none, Refusal if it is none that we can follow.
 */
export function packNamed(name: string): Pack {
  const file = packFileNamed(name);
  return readPack(readFileSync(file, 'utf8'), file, baseBeside(file));
}
