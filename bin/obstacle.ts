import { isOutage } from '../prisma/outage.ts';

/** Something outside the program that stops it, said in one line: what is wrong, then what to do. Shown without a stack. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
}

/** True if these words of PostgreSQL, Temporal, Python or Node say that there is no room left. */
export const isDiskFull = (words: string): boolean => /no space left|ENOSPC|disk is full|disk quota/i.test(words);

/** The one-line explanation of a fault that the machine, not the program, is the cause of; otherwise the error itself. */
export function explained(error: unknown): unknown {
  if (error instanceof Obstacle) return error;
  const known = machineFaults[isDiskFull(String(error)) ? 'ENOSPC' : String((error as { code?: unknown }).code)];
  if (known) return new Obstacle(`${known} (${(error as Error).message.trim().replaceAll(/\s+/g, ' ')})`, { cause: error });
  const engine = engineFault(error as { code?: unknown; details?: unknown });
  if (engine) return new Obstacle(engine, { cause: error });
  if (isOutage(error))
    return new Obstacle('The database does not answer: see that it runs, and that DATABASE_URL is right.', { cause: error });
  return error;
}

/** What the engine's server, or the way to it, says in numbers (gRPC: 4 too late, 5 not found, 14 unavailable). */
function engineFault({ code, details }: { code?: unknown; details?: unknown }): string | undefined {
  if (typeof details !== 'string') return undefined;
  if (code === 4 || code === 14) return 'The case engine does not answer: see that it runs, and that TEMPORAL_ADDRESS is right.';
  if (code === 5 && /^namespace/i.test(details))
    return 'The case engine has no such namespace: make it there, or set TEMPORAL_NAMESPACE to one that it has.';
  return undefined;
}

const machineFaults: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, then start again.',
  EDQUOT: 'Your disk quota is used up: free some space, then start again.',
  EROFS: 'The data folder is on a read-only disk: choose another with --data DIR.',
  EACCES: 'A file or folder may not be read or written by this user: mend its owner, or choose another folder with --data DIR.',
  EPERM: 'A file or folder belongs to another user: mend its owner, or choose another folder with --data DIR.',
  EADDRINUSE: 'The port is taken: stop what listens there, or set PORT to another.',
  // What Prisma calls it.
  P2021: 'The database does not have the tables of this version: run "firstbell migrate".',
  // What PostgreSQL calls it.
  '53100': 'The disk of the database is full: free some space, then start again.',
};
