import type { Day } from '../calendar/day.ts';
import { schoolDaysBetween } from '../calendar/school-calendar.ts';
import type { Rule } from '../pack/stage.ts';
import { isAnswered } from './answered.ts';
import type { Circumstances } from './circumstances.ts';
import { holds } from './condition.ts';
import { newestSession, yearFrom } from './figures.ts';
import { hasLeft } from './on-roll.ts';
import { isSo } from './rule-so.ts';
import { unopened } from './unopened.ts';

/**
 * The stage a case would begin at today, or null if nothing calls for a case. What stands beside the ladder calls for one too,
 * for a pupil who has none. For a pupil who has left, nothing does.
 */
export function openingStage(c: Circumstances): string | null {
  if (hasLeft(c)) return null;
  const known = unopened(c);
  const opening = c.pack.opens.find(({ when }) => holds(when, known, c));
  return opening ? opening.stage : besideStage(c, known);
}

/**
 * The stage a case would begin at for what stands beside the ladder alone, or null if no such rule is so today that the pupil's
 * last case has not answered.
 */
export function besideStage(c: Circumstances, known = unopened(c)): string | null {
  if (hasLeft(c)) return null;
  const { alongside, 'alongside opens': beside } = c.pack;
  const calls = (rule: Rule) => rule.for === 'every pupil' && isSo(rule, known, c) && !isAnswered(rule, c);
  return beside !== undefined && alongside.some(calls) ? beside : null;
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
