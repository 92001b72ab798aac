import { addDays, type Day } from '../calendar/day.ts';
import { schoolYearStart } from '../calendar/school-calendar.ts';
import type { Fraction } from '../register/fraction.ts';
import { sessionId } from '../register/mark.ts';
import { missingSessions } from '../register/measures/missing-marks.ts';
import { totalsIn } from '../register/measures/totals.ts';
import type { Circumstances } from './circumstances.ts';

/** Where this pupil's school year begins: its first day, or the day they joined. */
export const yearFrom = ({ on, onRollFrom }: Circumstances): Day => {
  const start = schoolYearStart(on);
  return onRollFrom > start ? onRollFrom : start;
};

/** Attendance from the start of the school year (or joining) to the end of a day, as a fraction of sessions. */
export const attendanceOn = (c: Circumstances, to: Day): Fraction => attendanceIn(c, yearFrom(c), to);

/** Attendance within a span of days, both included. */
export function attendanceIn(c: Circumstances, from: Day, to: Day): Fraction {
  const { attended, possible } = totalsIn(c.marks, { from, to });
  return { attended, possible };
}

/** Attendance up to a session of this school year, that one included, as the register says it now; null for an earlier year's. */
export function attendanceUpTo(c: Circumstances, session: string): Fraction | null {
  if (session < yearFrom(c)) return null;
  const marks = c.marks.filter((mark) => sessionId(mark) <= session);
  return attendanceIn({ ...c, marks }, yearFrom(c), session.slice(0, 10));
}

/** The newest session that the figures know, as its id; null when there is none. */
export function newestSession({ marks, on }: Circumstances): string | null {
  const newest = marks.findLast((mark) => mark.on <= on);
  return newest ? sessionId(newest) : null;
}

/** Sessions without a mark, from a day to yesterday (today's register may still be open) or to the day the pupil left. */
export function missingSince(c: Circumstances, from: Day = yearFrom(c)): string[] {
  const yesterday = addDays(c.on, -1);
  const to = c.onRollTo !== null && c.onRollTo < yesterday ? c.onRollTo : yesterday;
  return from > to ? [] : missingSessions(c.marks, c.calendar, { from, to });
}
