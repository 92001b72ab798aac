import { setTimeout as pause } from 'node:timers/promises';
import { explained } from '../obstacle.ts';

/** Something that runs; `ended` says how it ended, whoever ended it. */
export type Begun = { ended: Promise<string>; stop(): Promise<void> };

type Keeping = {
  name: string;
  begin: () => Promise<Begun>;
  say: (line: string) => void;
  /** Aborted when everything stops: from then on nothing is begun again, whatever ends. */
  stopping: AbortSignal;
};

/**
 * Keeps something running: whenever it ends, or cannot begin, that is said, and it is begun again after 1, 2, 4 … 30
 * seconds. `running` is what has begun already.
 */
export function keepUp({ name, begin, say, stopping }: Keeping, running?: Begun): { stop(): Promise<void> } {
  const stopped = new AbortController();
  const over = AbortSignal.any([stopping, stopped.signal]);

  const toItsEnd = async (): Promise<string> => {
    try {
      if (!running) {
        running = await begin();
        if (over.aborted) await running.stop();
      }
      return `${name} ended (${await running.ended})`;
    } catch (error) {
      return (explained(error) as Error).message.replace(/\.$/, '');
    } finally {
      running = undefined;
    }
  };

  const keep = async (): Promise<void> => {
    for (let deaths = 0; ; ) {
      const began = Date.now();
      const what = await toItsEnd();
      if (over.aborted) return;
      deaths = Date.now() - began > 60_000 ? 0 : deaths + 1;
      const seconds = Math.min(30, 2 ** Math.max(0, deaths - 1));
      say(`${what}; starting it again in ${seconds} s`);
      await pause(seconds * 1000, undefined, { signal: over }).catch(() => undefined);
      if (over.aborted) return;
    }
  };

  const kept = keep();
  return {
    async stop() {
      stopped.abort();
      await running?.stop();
      await kept;
    },
  };
}
