import { londonInstant } from '../../policy/calendar/day.ts';
import { morning } from '../../policy/case/due.ts';
import type { MatterInput, Waiting } from '../../workflows/messages.ts';
import type { Deadline } from './matter.ts';

/** Deadlines are dates, at which a matter is woken before the school day; or times of one. */
export function waitingFor(deadline: Deadline | null): Waiting | null {
  if (!deadline) return null;
  const { on, at, why } = deadline;
  return { key: at === undefined ? `day:${on}` : `day:${on}T${at}`, until: londonInstant(on, at ?? morning), why };
}

/**
 * Now, to a matter that was told something: never before the moment for which it was woken. The engine's clock may be ahead of
 * this machine's by a little, and a matter that is woken too early would wait for the same moment again, under the same key.
 */
export function heardAt(input: MatterInput | undefined, now: number): number {
  const [, on, at] = (input?.kind === 'day' && /^day:(\d{4}-\d\d-\d\d)T(\d\d:\d\d)$/.exec(input.key)) || [];
  return on === undefined || at === undefined ? now : Math.max(now, londonInstant(on, at));
}
