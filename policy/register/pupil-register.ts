import type { Day } from '../calendar/day.ts';
import { placeAfter, type SchoolCalendar } from '../calendar/school-calendar.ts';
import type { MarkElsewhere } from './absence-elsewhere.ts';
import { isMissing } from './codes.ts';
import { type Mark, type Span, sessionId, within } from './mark.ts';

/** One pupil's register as it is known on a day: what every measure reads. Made once for all of them. */
export type PupilRegister = {
  /** The day on which it is asked. Nothing after it is known. */
  readonly on: Day;
  readonly onRollFrom: Day;
  readonly onRollTo: Day | null;
  /** Left out where it is not known. */
  readonly born?: Day | undefined;
  readonly calendar: SchoolCalendar;
  /** Oldest first; none from before joining or after leaving. */
  readonly marks: readonly Mark[];
  /** Absence at another school, which counts towards a penalty notice alone (absence-elsewhere.ts). */
  readonly elsewhere?: readonly MarkElsewhere[] | undefined;
  readonly byDay: ReadonlyMap<Day, readonly Mark[]>;
  /** The newest session that has a mark; null if none has. */
  readonly newest: Mark | null;
};

type OnRoll = { onRollFrom: Day; onRollTo: Day | null };

/** Those days of a span on which the pupil was on roll. Nothing else is a possible session. */
export const whileOnRoll = ({ from, to }: Span, { onRollFrom, onRollTo }: OnRoll): Span => ({
  from: from < onRollFrom ? onRollFrom : from,
  to: onRollTo !== null && onRollTo < to ? onRollTo : to,
});

type Known = Pick<PupilRegister, 'on' | 'onRollFrom' | 'onRollTo' | 'born' | 'calendar' | 'marks' | 'elsewhere'>;

/** Marks may come in any order, and from outside the time on roll or after the day: those do not count. */
export function pupilRegister({ marks, ...known }: Known): PupilRegister {
  const between = within(marks, whileOnRoll({ from: '', to: known.on }, known));
  const theirs = inOrder(between) ? between : between.sort(bySession);
  let byDay: Map<Day, Mark[]> | undefined;
  return {
    ...known,
    marks: theirs,
    get byDay() {
      byDay ??= groupedByDay(theirs);
      return byDay;
    },
    newest: theirs.findLast(({ code }) => !isMissing(code)) ?? null,
  };
}

/** The newest session that has a mark on any day on which it is asked. */
export function newestDaily({ marks }: PupilRegister): (on: Day) => Mark | null {
  const made = marks.filter(({ code }) => !isMissing(code));
  const days = made.map(({ on }) => on);
  return (on) => made[placeAfter(days, on) - 1] ?? null;
}

function groupedByDay(marks: readonly Mark[]): Map<Day, Mark[]> {
  const byDay = new Map<Day, Mark[]>();
  for (const mark of marks) {
    const day = byDay.get(mark.on);
    if (day) day.push(mark);
    else byDay.set(mark.on, [mark]);
  }
  return byDay;
}

/** Marks nearly always come in order: looking is quicker than sorting. */
const inOrder = (marks: readonly Mark[]): boolean =>
  marks.every(({ on, session }, i) => {
    const before = marks[i - 1];
    return !before || before.on < on || (before.on === on && before.session <= session);
  });

function bySession(a: Mark, b: Mark): number {
  const [one, other] = [sessionId(a), sessionId(b)];
  return one < other ? -1 : one > other ? 1 : 0;
}
