import { schoolDaysBetween, schoolYearStart } from '../calendar/school-calendar.ts';
import type { Circumstances } from './circumstances.ts';
import { attendanceOn, leftOutHere } from './figures.ts';
import { openingStage } from './opening.ts';
import { placeAt } from './register-change.ts';

/**
 * Whether the case of this school year that was closed last stays closed, of a pupil whose attendance the policy adjusts: attendance
 * calls for a case, but has not fallen below a threshold of the ladder since. Of everybody else the totals of the year tell that.
 */
export function staysClosed(c: Circumstances): boolean {
  const { lastCase, pack } = c;
  if (!lastCase || lastCase.closedOn < schoolYearStart(c.on) || leftOutHere(c) === null || openingStage(c) === null) return false;
  const now = placeAt(pack, attendanceOn(c, c.on));
  const hasFallen =
    now < placeAt(pack, lastCase.attendance) ||
    schoolDaysBetween(c.calendar, lastCase.closedOn, c.on).some((on) => now < placeAt(pack, attendanceOn(c, on)));
  return !hasFallen;
}
