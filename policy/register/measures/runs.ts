import type { Day } from '../../calendar/day.ts';
import { schoolDaysBetween } from '../../calendar/school-calendar.ts';
import { isMissing } from '../codes.ts';
import type { Mark } from '../mark.ts';
import type { PupilRegister } from '../pupil-register.ts';

/** School days in a row on which the pupil was absent, with every mark of them. It has ended once the pupil was back or a mark is missing. */
export type Run = { days: readonly Day[]; marks: readonly Mark[]; ended: boolean };

type Rule = {
  /** Every mark of a day has to be one of these. */
  codes: ReadonlySet<string>;
  /** Marks that are no session to be at: as holidays do, they neither make a run nor end it. */
  passes: ReadonlySet<string>;
  /** Whether the newest day counts with its morning alone. On an earlier day a session without a mark ends a run. */
  morningCounts: boolean;
};

/**
 * Every run in a pupil's register, oldest first, up to the newest day that has a mark. A day with any other code, without a
 * mark or with a blank one ends a run. Marks on days without school are not looked at.
 */
export function runsIn({ marks, byDay, calendar, newest }: PupilRegister, rule: Rule): Run[] {
  const [first] = marks;
  if (!first || !newest) return [];
  const runs: { days: Day[]; marks: Mark[]; ended: boolean }[] = [];
  for (const day of schoolDaysBetween(calendar, first.on, newest.on)) {
    const made = byDay.get(day) ?? [];
    const was = dayWas(made, rule, day === newest.on);
    const run = runs.at(-1);
    if (was === 'other' && run) run.ended = true;
    if (was !== 'absent') continue;
    if (run && !run.ended) {
      run.days.push(day);
      run.marks.push(...made);
    } else runs.push({ days: [day], marks: [...made], ended: false });
  }
  return runs;
}

/** 'not yet a day' if it is none for the pupil, or not over: it leaves a run as it is. */
function dayWas(made: readonly Mark[], { codes, passes, morningCounts }: Rule, newest: boolean) {
  const passed = made.filter(({ code }) => passes.has(code)).length;
  if (passed === 2) return 'not yet a day';
  const marked = made.filter(({ code }) => !passes.has(code) && !isMissing(code));
  if (marked.some(({ code }) => !codes.has(code))) return 'other';
  if (passed + marked.length === 2) return 'absent';
  if (!newest) return 'other';
  return morningCounts && marked.length > 0 ? 'absent' : 'not yet a day';
}
