import type { Day } from '../../calendar/day.ts';
import { placeAfter, placeOf, schoolDaysBetween } from '../../calendar/school-calendar.ts';
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

/**
 * How many days the run has that nothing has ended yet, on any day on which it is asked. Every day is counted twice: as one that
 * is over, and as the newest.
 */
export function runDaily({ marks, byDay, calendar }: PupilRegister, rule: Rule): (on: Day) => number {
  const marked = marks.flatMap(({ on, code }) => (isMissing(code) ? [] : [on]));
  const [first, end] = [marks[0]?.on, marked.at(-1)];
  const days = first && end ? schoolDaysBetween(calendar, first, end) : [];
  const [over, newest] = [[0], [0]];
  days.forEach((day, i) => {
    const [made, before] = [byDay.get(day) ?? [], over[i] ?? 0];
    over.push(runAfter(before, dayWas(made, rule, false)));
    newest.push(runAfter(before, dayWas(made, rule, true)));
  });
  return (on) => {
    const last = marked[placeAfter(marked, on) - 1];
    if (last === undefined) return 0;
    const [before, after] = [placeOf(days, last), placeAfter(days, last)];
    return (before === after ? over[before] : newest[after]) ?? 0;
  };
}

const runAfter = (days: number, was: ReturnType<typeof dayWas>): number =>
  was === 'absent' ? days + 1 : was === 'other' ? 0 : days;

/** 'not yet a day' if it is none for the pupil, or not over: it leaves a run as it is. */
function dayWas(made: readonly Mark[], { codes, passes, morningCounts }: Rule, newest: boolean) {
  let [passed, absent, other] = [0, 0, 0];
  for (const { code } of made) {
    if (passes.has(code)) passed++;
    else if (codes.has(code)) absent++;
    else if (!isMissing(code)) other++;
  }
  if (passed === 2) return 'not yet a day';
  if (other > 0) return 'other';
  if (passed + absent === 2) return 'absent';
  if (!newest) return 'other';
  return morningCounts && absent > 0 ? 'absent' : 'not yet a day';
}
