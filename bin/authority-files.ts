import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Obstacle } from './obstacle.ts';

const folder = new URL('../policy/packs/authorities/', import.meta.url);

/**
 * The file of an authority's profile that a command names: a path, or the id of one that comes with this version.
 * @throws Obstacle if there is neither.
 */
export function authorityFileNamed(name: string): string {
  if (existsSync(name)) return name;
  const shipped = new URL(`${name}.yaml`, folder);
  if (/^[a-z0-9-]+$/.test(name) && existsSync(shipped)) return fileURLToPath(shipped);
  const here = readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
  throw new Obstacle(`There is no file ${name}, and no authority's profile of that id. Profiles here: ${here.join(', ')}.`);
}
