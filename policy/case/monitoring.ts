import { type Duration, lastDayOf } from '../calendar/count-on.ts';
import { type Day, longDay } from '../calendar/day.ts';
import { asKnown, nextSchoolDay } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import type { Stage } from '../pack/stage.ts';
import { decider } from '../pack/step.ts';
import { isAtLeast } from '../register/fraction.ts';
import { adjustedHow } from './attendance-said.ts';
import type { Circumstances } from './circumstances.ts';
import { isOut, receivedOn } from './condition.ts';
import { attendanceIn, missingSince } from './figures.ts';
import { warnedBefore } from './letters-had.ts';
import { askForMarks, marksAreIn, officer } from './missing-marks.ts';
import { type MonitoringDates, schoolDayFrom } from './move.ts';
import { propose, soon } from './propose.ts';
import { stageOf } from './stage.ts';
import type { CaseLetter, CaseState, Monitoring } from './state.ts';
import type { Telling } from './telling.ts';

type Wait = NonNullable<Stage['wait']>;

/** How long a stage waits, where the policy does not count holidays. */
const counting = ({ waits }: Pack, { n, unit }: Duration): Duration => {
  const apart = waits?.['over holidays'] === 'are not counted' && (unit === 'week' || unit === 'day');
  return { n, unit: apart ? `school ${unit}` : unit };
};

/** Starts the stage's period of monitoring when what it counts from has happened, and judges it when it is over. */
export function monitoring(t: Telling): void {
  const { wait } = stageOf(t);
  const anchor = wait && !t.state.monitoring && !t.state.target && !t.state.waited ? anchoredOn(t, wait.from) : null;
  if (wait && anchor !== null) {
    t.add({
      type: 'monitoring began',
      ...(timeTold(t) ?? waitedTime(t.c, wait, anchor)),
      target: t.state.agreedTarget ?? wait.target ?? null,
    });
  }
  const { monitoring: running } = t.state;
  if (running && t.c.on >= running.judgedOn) judge(t, running);
}

/**
 * The time of monitoring that a letter of the stage which is written today tells the family of: the one that runs, or the one
 * that begins with the letter. Null if nothing is judged because of it.
 * @throws CalendarEnds if the next terms are not known, with a calendar that does not go on past them.
 */
export function timeToTell(
  { monitoring: running, target, waited, stage }: CaseState,
  c: Pick<Circumstances, 'pack' | 'calendar' | 'on'>,
): MonitoringDates | null {
  if (running) return { from: running.from, until: running.until, judgedOn: running.judgedOn };
  const wait = c.pack.stages[stage]?.wait;
  if (!wait || !isLetterWait(wait) || target !== null || waited) return null;
  return waitedTime(c, wait, wait.from === 'letter received' ? receivedOn(c.on) : c.on);
}

/** True of a letter that has not left although the time which it tells of, and nothing else began, has begun. */
export const namesPastTime = ({ monitors }: CaseLetter, { monitoring }: CaseState, { on }: Pick<Circumstances, 'on'>): boolean =>
  monitors !== undefined && monitoring === null && on > monitors.from;

/**
 * The time that a held letter tells of from now on, if it goes today: undefined if the one it names may stand, null if none follows.
 * @throws CalendarEnds if the next terms are not known: what a family is told is not to move.
 */
export function timeAnew(letter: CaseLetter, state: CaseState, c: Circumstances): MonitoringDates | null | undefined {
  if (!namesPastTime(letter, state, c)) return undefined;
  return letter.relied?.stage === state.stage ? timeToTell(state, { ...c, calendar: asKnown(c.calendar) }) : null;
}

/**
 * The time that the stage's letter told the family of, which is what they are judged on. Null if it told of none, or left when
 * that had begun already: then it is counted from the day the letter left.
 */
export function timeTold(t: Telling): MonitoringDates | null {
  const { wait } = stageOf(t);
  const [first] = wait && isLetterWait(wait) ? lettersOut(t) : [];
  return first?.monitors && first.on <= first.monitors.from ? first.monitors : null;
}

/** True of a time that counts from a letter of its stage. */
export const isLetterWait = ({ from }: Wait): boolean => from === 'letter sent' || from === 'letter received';

/** The first and the last day of what a stage waits for, counted from a day, and the school day on which it is over. */
export function waitedTime(
  { calendar, pack }: Pick<Circumstances, 'calendar' | 'pack'>,
  wait: Wait,
  anchor: Day,
): MonitoringDates {
  const from = wait['first day'] === 'that day' ? schoolDayFrom(calendar, anchor) : nextSchoolDay(calendar, anchor);
  const until = lastDayOf(calendar, from, counting(pack, wait.for));
  return { from, until, judgedOn: nextSchoolDay(calendar, until) };
}

/** The day that the period counts from, or null while that has not happened. */
export function anchoredOn(t: Telling, from: Wait['from']): Day | null {
  const { state } = t;
  if (from === 'stage begun') return state.stageSince;
  if (from === 'meeting') return state.metOn;
  if (from === 'call') return state.calledOn ?? null;
  const sent = (lettersOut(t)[0] ?? warning(t))?.on ?? null;
  return sent !== null && from === 'letter received' ? receivedOn(sent) : sent;
}

/** The stage's letter, where an earlier case sent it and it is not sent again. */
const warning = (t: Telling): CaseLetter | undefined => {
  const stage = stageOf(t);
  const sent = stage.do.flatMap((step) => ('letter' in step ? (warnedBefore(stage, step.letter.template, t.c) ?? []) : []));
  return sent.sort((a, b) => (a.on < b.on ? -1 : 1))[0];
};

/** The letters of the stage that have left since it began, the first one first. */
function lettersOut(t: Telling): CaseLetter[] {
  const templates = stageOf(t).do.flatMap((step) => ('letter' in step ? [step.letter.template] : []));
  return Object.values(t.state.letters)
    .filter((letter) => isOut(letter) && templates.includes(letter.template) && letter.on >= t.state.stageSince)
    .sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function judge(t: Telling, running: Monitoring): void {
  const { from, until, target } = running;
  if (target === null) return t.add({ type: 'wait over' });
  if (missingSince(t.c, from).some((session) => session.slice(0, 10) <= until)) return askForMarks(t);
  marksAreIn(t);
  const window = attendanceIn(t.c, from, until);
  if (window.possible === 0) return beginAnew(t, running);
  const how = adjustedHow(t.c);
  t.add({ type: 'target judged', met: isAtLeast(window, target), window, target, ...(how !== null && { how }) });
}

const noSession = 'In the time of monitoring there was no session that the child could have attended';

/** Of a time without a possible session nothing can be said: it is looked at for as long again, and somebody tells the family. */
function beginAnew(t: Telling, { target }: Monitoring): void {
  const { wait, do: steps, source: clause } = stageOf(t);
  if (!wait) return t.add({ type: 'monitoring ended', why: noSession });
  const time = waitedTime(t.c, wait, t.c.on);
  t.add({ type: 'monitoring began', ...time, target, anew: true });
  if (Object.values(t.state.proposals).some(({ rule }) => rule === noSession)) return;
  const says = `${noSession}: it begins anew, on ${longDay(time.from)}. Look whether that is right, and tell the family`;
  propose(t, {
    action: { what: 'task', task: 'review', says, whom: [], may: false },
    ...{ person: steps.map(decider)[0] ?? officer(t), clause, why: says, due: soon, step: null, rule: noSession },
  });
}
