import type { Day } from '../calendar/day.ts';
import { addSchoolDays, nextSchoolDay } from '../calendar/school-calendar.ts';
import { isAtLeast } from '../register/fraction.ts';
import { isOut } from './condition.ts';
import { attendanceIn, missingSince } from './figures.ts';
import { askForMarks } from './missing-marks.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';

/** Starts the stage's period of monitoring when what it counts from has happened, and judges it when it is over. */
export function monitoring(t: Telling): void {
  const { wait } = stageOf(t);
  const anchor = wait && !t.state.monitoring && !t.state.target ? anchoredOn(t, wait.from) : null;
  if (wait && anchor !== null) {
    const { calendar } = t.c;
    const from = nextSchoolDay(calendar, anchor);
    const until = addSchoolDays(calendar, from, wait.for, { startCounted: true });
    t.add({
      type: 'monitoring began',
      from,
      until,
      judgedOn: nextSchoolDay(calendar, until),
      target: t.state.agreedTarget ?? wait.target,
    });
  }
  const { monitoring: running } = t.state;
  if (running && t.c.on >= running.judgedOn) judge(t, running);
}

/** The day that the period counts from, or null while that has not happened. */
export function anchoredOn(t: Telling, from: 'letter sent' | 'meeting'): Day | null {
  const { state } = t;
  if (from === 'meeting') return state.metOn;
  const templates = stageOf(t).do.flatMap((step) => ('letter' in step ? [step.letter.template] : []));
  const out = Object.values(state.letters).filter(
    (letter) => isOut(letter) && templates.includes(letter.template) && letter.on >= state.stageSince,
  );
  return out.map(({ on }) => on).sort()[0] ?? null;
}

function judge(t: Telling, { from, until, target }: NonNullable<Telling['state']['monitoring']>): void {
  const missing = missingSince(t.c, from).filter((session) => session.slice(0, 10) <= until);
  if (missing.length > 0) return askForMarks(t, missing);
  const window = attendanceIn(t.c, from, until);
  t.add({ type: 'target judged', met: window.possible > 0 && isAtLeast(window, target), window, target });
}
