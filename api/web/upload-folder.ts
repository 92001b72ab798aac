import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

let made: string | null = null;

/**
 * Where files that come with a request lie until they are answered. Names of people are in them: only this process's user may
 * read the folder, no other user can have made it before, and it goes when the process ends.
 */
export function uploadFolder(): string {
  if (made !== null && existsSync(made)) return made;
  if (made === null) process.once('exit', () => made !== null && rmSync(made, { recursive: true, force: true }));
  made = mkdtempSync(path.join(tmpdir(), 'firstbell-uploads-'));
  return made;
}
