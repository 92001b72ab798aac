import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { cancelImport } from '../../activities/register/cancel-import.ts';
import type { Db } from '../../prisma/client.ts';
import { toldToStop } from '../start/told-to-stop.ts';

type Import = { schoolId: string; importId: string };

/** How long an import that is cancelled may take to clear up behind itself, in ms. One that asks the database longer is in the middle of nothing. */
const patience = 5_000;

/**
 * Does imports, each with an id. The first Ctrl-C cancels those that have not ended, so that nothing of them stays and the imports
 * page says so; then the process ends. One that is just being written into the register is waited for.
 */
export function cancelledByCtrlC(db: Db): <T>(schoolId: string, act: (importId: string) => Promise<T>) => Promise<T> {
  const begun = new Map<Import, Promise<unknown>>();
  void toldToStop().promise.then(async () => {
    const tried = await Promise.allSettled([...begun.keys()].map((one) => cancelImport(db, one)));
    await Promise.race([Promise.allSettled(begun.values()), pause(patience)]);
    const cancelled = tried.some(({ status }) => status === 'fulfilled');
    console.error(cancelled ? '\nCancelled: nothing was taken in.' : '\nStopped: no import was under way.');
    process.exit(130);
  });
  return (schoolId, act) => {
    const importId = randomUUID();
    const done = act(importId);
    begun.set({ schoolId, importId }, done);
    return done;
  };
}
