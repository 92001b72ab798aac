import { type Day, shortDay } from '../calendar/day.ts';
import { counted } from '../counted.ts';

/** The agreed temporary part-time timetable of a pupil; all null if none is on record. */
export type PartTime = { from: Day | null; until: Day | null; review: Day | null };

/** What has to be looked at: C2 that no agreement covers, in sessions with the newest day, or a review that is past its day. */
export type PartTimeAlert =
  | { what: 'no agreement'; sessions: number; last: Day }
  | { what: 'outside agreement'; sessions: number; last: Day; until: Day }
  | { what: 'review'; on: Day };

/**
 * What is wrong with a pupil's part-time timetable on a day, or null. `marked` are the days marked C2, each as often as there
 * are sessions. C2 stands for a timetable that was agreed for a time (SI 2024/208 reg 11(6)): a mark outside that time is
 * leave which nobody has granted. Nothing is changed by itself: the marks may be right and the agreement not yet entered.
 */
export function partTimeAlert({ from, until, review }: PartTime, marked: readonly Day[], today: Day): PartTimeAlert | null {
  const outside = marked.filter((day) => from === null || until === null || day < from || day > until).sort();
  const last = outside.at(-1);
  if (last !== undefined) {
    const found = { sessions: outside.length, last };
    return until === null ? { what: 'no agreement', ...found } : { what: 'outside agreement', ...found, until };
  }
  const runs = until !== null && until >= today;
  return runs && review !== null && review < today ? { what: 'review', on: review } : null;
}

/** The same in a sentence. */
export function partTimeWords(alert: PartTimeAlert): string {
  if (alert.what === 'review') return `The part-time timetable was to be reviewed on ${shortDay(alert.on)}`;
  const marked = `${counted(alert.sessions, 'session')} marked C2 (the last on ${shortDay(alert.last)})`;
  return alert.what === 'no agreement'
    ? `${marked}, and no part-time agreement is on record`
    : `${marked} outside the part-time agreement, which ${alert.until < alert.last ? 'ended' : 'ends'} on ${shortDay(alert.until)}`;
}
