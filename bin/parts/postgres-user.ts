import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { Obstacle } from '../obstacle.ts';

/** How to run a program so that PostgreSQL accepts it: as we are, or, if we are root, as somebody else. */
export type Runner = { command: (program: string, args: string[]) => [string, string[]]; ids: { uid?: number; gid?: number } };

/**
 * PostgreSQL refuses to run as root. As root its processes run as the user `postgres` or, if there is none, `nobody`, who
 * then owns the data folder: no account is made on the machine.
 */
export function runnerFor(folder: string, programs: readonly string[]): Runner {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return { command: (program, args) => [program, args], ids: {} };
  const ids = ownerOf(folder) ?? idsOf('postgres') ?? idsOf('nobody');
  if (!ids)
    throw new Obstacle(
      'PostgreSQL may not run as root and there is no other user here: run as an ordinary user, or set DATABASE_URL.',
    );
  chownSync(folder, ids.uid, ids.gid);
  if ([folder, ...programs].every(isReachable)) return { command: (program, args) => [program, args], ids };
  return { command: throughClosedFolders(ids), ids: {} };
}

/**
 * A checkout below a closed folder (/root) is out of reach of any other user, who is therefore given leave to pass. The
 * secure bit keeps that leave in access(2) too, by which initdb looks for its neighbour.
 */
function throughClosedFolders({ uid, gid }: Ids): Runner['command'] {
  if (!existsSync(setpriv))
    throw new Obstacle('PostgreSQL may not run as root and no other user can enter this folder: move it, or set DATABASE_URL.');
  const leave = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override', '--securebits=+no_setuid_fixup'];
  return (program, args) => [setpriv, [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...leave, '--', program, ...args]];
}

const setpriv = '/usr/bin/setpriv';

type Ids = { uid: number; gid: number };

function ownerOf(folder: string): Ids | undefined {
  const { uid, gid } = statSync(folder);
  return uid === 0 ? undefined : { uid, gid };
}

function idsOf(user: string): Ids | undefined {
  try {
    const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, user], { encoding: 'utf8', stdio: 'pipe' })));
    return uid !== undefined && gid !== undefined ? { uid, gid } : undefined;
  } catch {
    return undefined;
  }
}

/** True if any user may walk to this place. */
function isReachable(place: string): boolean {
  const parent = path.dirname(path.resolve(place));
  return (statSync(parent).mode & 0o001) !== 0 && (parent === path.dirname(parent) || isReachable(parent));
}
