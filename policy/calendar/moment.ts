import type { Day } from './day.ts';

/** A day and, where it goes by the clock, the time in London on it ("09:30"). What goes by the day has come when its day has. */
export type Moment = { on: Day; at?: string | undefined };

/** Whether a moment has come by now. Where the clock knows days alone, a time of a day comes when the day is over. */
export const hasCome = ({ on, at }: Moment, now: Moment): boolean =>
  on < now.on || (on === now.on && (at === undefined || (now.at !== undefined && at <= now.at)));

/** The earlier first; on one day, what goes by the day before any time of it. */
export function inOrder(a: Moment, b: Moment): number {
  if (a.on !== b.on) return a.on < b.on ? -1 : 1;
  const [first, second] = [a.at ?? '', b.at ?? ''];
  return first < second ? -1 : first > second ? 1 : 0;
}
