import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { type AuthorityProfile, readAuthority } from '../policy/referral/authority.ts';
import { national } from '../prisma/authority-profiles.ts';
import { Obstacle } from './obstacle.ts';

const folder = new URL('../policy/packs/authorities/', import.meta.url);

/**
 * The authority's profile that a command names, over the national one: by a path, or the id of one that comes with this version.
 * @throws Obstacle if there is neither, Refusal if it is none that we can follow.
 */
export function authorityNamed(name: string): AuthorityProfile {
  const file = fileNamed(name);
  return readAuthority(readFileSync(file, 'utf8'), file, national);
}

function fileNamed(name: string): string {
  if (existsSync(name)) return name;
  const shipped = new URL(`${name}.yaml`, folder);
  if (/^[a-z0-9-]+$/.test(name) && existsSync(shipped)) return fileURLToPath(shipped);
  const here = readdirSync(folder).flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []));
  throw new Obstacle(`There is no file ${name}, and no authority's profile of that id. Profiles here: ${here.join(', ')}.`);
}
