import type { Day } from '../calendar/day.ts';
import { classOf } from '../register/codes.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Mark, Span } from '../register/mark.ts';

/** A year's marks, counted once: attendance over any days is then two look-ups, and a day's marks a slice. */
export type RunningRegister = {
  /** The marks up to the end of a day. */
  upTo: (day: Day) => readonly Mark[];
  attendance: (span: Span) => Fraction;
  /** True if a session of the day counts as missed. */
  missed: (day: Day) => boolean;
};

export function runningRegister(marks: readonly Mark[]): RunningRegister {
  const attended = new Int32Array(marks.length + 1);
  const possible = new Int32Array(marks.length + 1);
  const missed = new Set<Day>();
  marks.forEach(({ on, code }, i) => {
    const of = classOf(code);
    const there = of === 'present' || of === 'aea';
    attended[i + 1] = (attended[i] ?? 0) + (there ? 1 : 0);
    possible[i + 1] = (possible[i] ?? 0) + (there || of === 'authorised' || of === 'unauthorised' ? 1 : 0);
    if (of === 'authorised' || of === 'unauthorised') missed.add(on);
  });
  const before = (day: Day, itself: boolean): number => {
    let low = 0;
    let high = marks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const on = marks[middle]?.on ?? '';
      if (on < day || (itself && on === day)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    upTo: (day) => marks.slice(0, before(day, true)),
    attendance({ from, to }) {
      const [a, b] = [before(from, false), before(to, true)];
      if (b <= a) return { attended: 0, possible: 0 };
      return { attended: (attended[b] ?? 0) - (attended[a] ?? 0), possible: (possible[b] ?? 0) - (possible[a] ?? 0) };
    },
    missed: (day) => missed.has(day),
  };
}
