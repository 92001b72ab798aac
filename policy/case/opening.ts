import type { Day } from '../calendar/day.ts';
import { schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Circumstances } from './circumstances.ts';
import { holds } from './condition.ts';
import { attendanceOn, newestSession, yearFrom } from './figures.ts';

/** The stage a case would begin at today, or null if nothing calls for a case. */
export function openingStage(c: Circumstances): string | null {
  const attendance = attendanceOn(c, c.on);
  const known = { attendance, stageFrom: attendance, stageSince: c.on, letters: {}, target: null, referral: null };
  return c.pack.opens.find(({ when }) => holds(when, known, c))?.stage ?? null;
}

/**
 * Since when attendance has called for a case without a break, if that began before the newest day of the register: the marks
 * came in late, and what the policy would have done meanwhile is not made up for. Null if it began with that day.
 */
export function calledForSince(c: Circumstances): Day | null {
  const newest = newestSession(c)?.slice(0, 10) ?? c.on;
  let since = c.on;
  for (const day of schoolDaysBetween(c.calendar, yearFrom(c), newest).reverse()) {
    if (openingStage({ ...c, on: day }) === null) break;
    since = day;
  }
  return since < newest ? since : null;
}
