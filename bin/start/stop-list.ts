type Stop = () => unknown;

export type StopList = {
  /** Aborted when the stopping begins. */
  stopping: AbortSignal;
  add(stop: Stop): void;
  /** Waits for something that is starting and remembers how it is stopped. */
  addWhenUp<T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T>;
  /** Stops all. Nothing is left half-started: what is still coming up is waited for, and then stopped with the rest. */
  stopAll(): Promise<void>;
};

/** What has to be stopped, in the order opposite to its start. */
export function stopList(): StopList {
  const stops: Stop[] = [];
  const coming: Promise<unknown>[] = [];
  const began = new AbortController();
  return {
    stopping: began.signal,
    add: (stop) => void stops.push(stop),
    async addWhenUp(starting) {
      coming.push(starting);
      const part = await starting;
      stops.push(() => part.stop());
      return part;
    },
    async stopAll() {
      began.abort();
      await Promise.allSettled(coming);
      for (const stop of stops.splice(0).reverse()) await stop();
    },
  };
}
