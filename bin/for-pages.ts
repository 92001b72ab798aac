import { constants, setPriority } from 'node:os';
import type { Db } from '../prisma/client.ts';
import { withRunningDatabase } from './running-database.ts';

/** Does what a page asked for, for the process that serves the pages: it ends with that process. */
export async function forPages(data: string | undefined, work: (db: Db) => Promise<void>): Promise<number> {
  const orphaned = () => process.exit(1);
  process.once('disconnect', orphaned);
  // Whoever waits at a page comes first.
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
  await withRunningDatabase(data, work);
  process.off('disconnect', orphaned);
  if (process.connected) process.disconnect();
  return 0;
}
