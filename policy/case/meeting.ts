import type { Day } from '../calendar/day.ts';

/** A meeting that a family is asked to, and what came of it. */
export type Meeting = { on: Day; at: string };
export type Happened = 'held' | 'refused' | 'not attended';
