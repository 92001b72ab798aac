import type { Day } from '../../calendar/day.ts';
import { placeAfter, schoolDaysBetween } from '../../calendar/school-calendar.ts';
import { remembered } from '../../remembered.ts';
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
export function runsIn(register: PupilRegister, rule: Rule): Run[] {
  const { marks, calendar, newest } = register;
  // Nothing before it can be of a run, and most pupils have none.
  const first = marks.find(({ code }) => rule.codes.has(code));
  if (!first || !newest) return [];
  const { byDay } = register;
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
 * How many days the run has that nothing has ended yet, on any day on which it is asked: counted back from the newest day that
 * has a mark, which on most days ends the count at once.
 */
export function runDaily(all: PupilRegister, rule: Rule): (on: Day) => number {
  if (!all.marks.some(({ code }) => rule.codes.has(code))) return () => 0;
  const { marked, days } = daysOf(all);
  return (on) => {
    const newest = marked[placeAfter(marked, on) - 1];
    if (newest === undefined) return 0;
    let run = 0;
    for (let i = placeAfter(days, newest) - 1; i >= 0; i--) {
      const day = days[i] as Day;
      const was = dayWas(all.byDay.get(day) ?? [], rule, day === newest);
      if (was === 'other') break;
      if (was === 'absent') run++;
    }
    return run;
  };
}

/** The days that have a mark, and the school days from the first to the last of them. */
const daysOf = remembered(({ marks, calendar }: PupilRegister): { marked: Day[]; days: Day[] } => {
  const marked = [...new Set(marks.filter(({ code }) => !isMissing(code)).map(({ on }) => on))];
  const [first, last] = [marks[0]?.on, marked.at(-1)];
  return { marked, days: first && last ? schoolDaysBetween(calendar, first, last) : [] };
});

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
