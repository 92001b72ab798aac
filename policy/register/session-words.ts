import { shortDay } from '../calendar/day.ts';

/** "14 Sep 2026, morning", of "2026-09-14 AM" */
export const sessionWords = (session: string): string =>
  `${shortDay(session.slice(0, 10))}, ${session.endsWith('AM') ? 'morning' : 'afternoon'}`;
