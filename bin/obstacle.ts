/** Something outside the program that stops it, said in one line: what is wrong, then what to do. Shown without a stack. */
export class Obstacle extends Error {
  override readonly name = 'Obstacle';
}

/** The one-line explanation of a fault that the machine, not the program, is the cause of; otherwise the error itself. */
export function explained(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  const known = typeof code === 'string' ? machineFaults[code] : undefined;
  return known ? new Obstacle(`${known} (${(error as Error).message})`, { cause: error }) : error;
}

const machineFaults: Record<string, string> = {
  ENOSPC: 'The disk is full: free some space, then start again.',
  EDQUOT: 'Your disk quota is used up: free some space, then start again.',
  EROFS: 'The data folder is on a read-only disk: choose another with --data DIR.',
  EACCES: 'A file or folder may not be read or written by this user: mend its owner, or choose another folder with --data DIR.',
  EPERM: 'A file or folder belongs to another user: mend its owner, or choose another folder with --data DIR.',
  '53100': 'The database has no disk space left: free some, then start again.',
};
