import type { Day } from '../calendar/day.ts';
import type { SchoolCalendar } from '../calendar/school-calendar.ts';
import { placeAfter, placeOf } from '../calendar/school-calendar.ts';
import { foundOnce } from '../found-once.ts';
import { classOf, isMissing, lateCodes } from '../register/codes.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Mark, Span } from '../register/mark.ts';
import { type Asked, dailyOf } from '../register/measures/catalogue.ts';
import { type Over, spanOn } from '../register/measures/over.ts';
import { type PupilRegister, pupilRegister } from '../register/pupil-register.ts';
import { remembered } from '../remembered.ts';
import type { SimulatedPupil } from './pupil.ts';

/** A year's marks, counted once: attendance over any days is then two look-ups, and a day's marks a slice. */
export type RunningRegister = {
  /** The marks up to the end of a day. */
  upTo: (day: Day) => readonly Mark[];
  /** The newest day up to a day that has a mark. */
  newest: (day: Day) => Day | undefined;
  attendance: (span: Span) => Fraction;
  /** Attendance over a time by its name, up to a day. */
  over: (over: Over, on: Day) => Fraction;
  /** How many lates there are within a span of days. */
  lates: (span: Span) => number;
  /** True if a session of the day counts as missed. */
  missed: (day: Day) => boolean;
  /** The number of a figure on a day; null of one that is not counted ahead. */
  numberOf: (figure: Asked, on: Day) => number | null;
};

export function runningRegister(
  marks: readonly Mark[],
  { onRollFrom, onRollTo, born }: Pick<SimulatedPupil, 'onRollFrom' | 'onRollTo' | 'born'>,
  calendar: SchoolCalendar,
): RunningRegister {
  const attended = new Int32Array(marks.length + 1);
  const possible = new Int32Array(marks.length + 1);
  const late = new Int32Array(marks.length + 1);
  const missed = new Set<Day>();
  marks.forEach(({ on, code }, i) => {
    const of = classOf(code);
    const there = of === 'present' || of === 'aea';
    attended[i + 1] = (attended[i] ?? 0) + (there ? 1 : 0);
    possible[i + 1] = (possible[i] ?? 0) + (there || of === 'authorised' || of === 'unauthorised' ? 1 : 0);
    late[i + 1] = (late[i] ?? 0) + (lateCodes.has(code) ? 1 : 0);
    if (of === 'authorised' || of === 'unauthorised') missed.add(on);
  });
  const days = marks.map(({ on }) => on);
  // The same days are asked for again and again: what lies before each is looked for once.
  const before = foundOnce((day: Day): number => placeOf(days, day));
  const upTo = foundOnce((day: Day): number => placeAfter(days, day));
  const marked = marks.filter(({ code }) => !isMissing(code)).map(({ on }) => on);
  const all = { marks, on: days.at(-1) ?? '', onRollFrom, onRollTo, born, calendar };
  function attendance({ from, to }: Span): Fraction {
    const [a, b] = [before(from), upTo(to)];
    if (b <= a) return { attended: 0, possible: 0 };
    return { attended: (attended[b] ?? 0) - (attended[a] ?? 0), possible: (possible[b] ?? 0) - (possible[a] ?? 0) };
  }
  return {
    upTo: (day) => marks.slice(0, upTo(day)),
    newest: (day) => marked[placeAfter(marked, day) - 1],
    attendance,
    lates: ({ from, to }) => (late[upTo(to)] ?? 0) - (late[before(from)] ?? 0),
    over: (over, on) => attendance(spanOn(all, over)(on)),
    missed: (day) => missed.has(day),
    numberOf: numbersOf(() => pupilRegister(all)),
  };
}

/** What is asked, as text: rules that ask the same each have it as an object of their own. */
const textOf = remembered((figure: Asked): string => JSON.stringify(figure));

type Counted = { daily: ReturnType<typeof dailyOf>; on: Day; n: number };

/** Each figure is counted when it is asked for first, and looked up once a day: many rules ask the same. */
function numbersOf(register: () => PupilRegister): RunningRegister['numberOf'] {
  const counted = new Map<string, Counted>();
  let all: PupilRegister | undefined;
  const begin = (figure: Asked): Counted => {
    all ??= register();
    const begun = { daily: dailyOf(all, figure), on: '', n: 0 };
    counted.set(textOf(figure), begun);
    return begun;
  };
  return (figure, on) => {
    const known = counted.get(textOf(figure)) ?? begin(figure);
    if (known.daily === null) return null;
    if (known.on !== on) {
      known.n = known.daily(on);
      known.on = on;
    }
    return known.n;
  };
}
