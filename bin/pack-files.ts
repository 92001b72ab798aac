import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
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
