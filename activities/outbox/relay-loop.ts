import { setTimeout as pause } from 'node:timers/promises';

type Loop = { once: () => Promise<number>; failed: (error: unknown) => void; signal: AbortSignal };

/** Runs the relay until it is told to stop: at once while there is work, every 50 ms while there is none, slower when it fails. */
export async function relayLoop({ once, failed, signal }: Loop): Promise<void> {
  let rest = 0;
  while (!signal.aborted) {
    try {
      rest = (await once()) > 0 ? 0 : 50;
    } catch (error) {
      failed(error);
      rest = Math.min(5_000, Math.max(500, rest * 2));
    }
    if (rest > 0) await pause(rest, undefined, { signal }).catch(() => undefined);
  }
}
