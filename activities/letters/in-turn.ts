import { setTimeout as pause } from 'node:timers/promises';

/** About as long as a letter takes. */
const restMs = 5;

let last: Promise<unknown> = Promise.resolve();

/**
 * Does work that holds the whole process up, one piece at a time, with a rest between two: so that somebody's decision,
 * which the same process takes in many small steps, waits for a letter or two and not for all that are to be written.
 */
export function inTurn<T>(work: () => T): Promise<T> {
  const mine = last.then(work);
  last = mine.catch(() => undefined).then(() => pause(restMs));
  return mine;
}
