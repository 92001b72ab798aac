import { isDiskFull, Obstacle } from '../obstacle.ts';

/** What PostgreSQL writes before each line: when, and which process. */
const logPrefix = /^\S+ \S+ \S+ \[\d+\] /;

/** Why a program of somebody else's did not do its work, in one line: the disk if it was the disk, else its own complaint. */
export function failure(what: string, words: string, cure: string): Obstacle {
  if (isDiskFull(words)) return new Obstacle(`${what}: the disk is full. Free some space, then start again.`);
  const lines = words.split('\n').filter((line) => line.trim() !== '');
  const complaint = lines.findLast((line) => /error|fatal|panic/i.test(line)) ?? lines.at(-1) ?? 'it gave no reason';
  return new Obstacle(`${what}: ${complaint.replace(logPrefix, '').trim().slice(0, 300)}. To mend it, ${cure}.`);
}
