import type { Day } from '../calendar/day.ts';
import type { MonitoringDates } from './move.ts';

/** What runs in a stage and a case that is closed for a leaver has not, but for proposals: those are made anew if the child is back. */
export type Interrupted = {
  monitoring: (MonitoringDates & { target: number | null; anew?: true }) | null;
  heldUntil: Day | null;
  beside: string[];
};
