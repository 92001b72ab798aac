import type { Day } from '../calendar/day.ts';
import type { Session } from './mark.ts';

/** How many pupils of a class were to be marked in a session, and how many were. */
export type ClassSession = { on: Day; session: Session; className: string; expected: number; made: number };

/** What a register lacks: a day of the whole school, a class on a day or in one session of it, or single marks. */
export type Gap =
  | { what: 'day'; on: Day }
  | { what: 'class'; on: Day; className: string; session: Session | null }
  | { what: 'marks'; on: Day; className: string; missing: number };

/** The gaps in these sessions, the newest day first. What is said of a day is not said of its classes again; of one class alone it is said by its name. */
export function gapsIn(sessions: readonly ClassSession[]): Gap[] {
  const days = [...new Set(sessions.map(({ on }) => on))].sort().reverse();
  return days.flatMap((on) => {
    const those = sessions.filter((one) => one.on === on);
    const classes = [...new Set(those.map(({ className }) => className))];
    if (classes.length > 1 && those.every(({ made }) => made === 0)) return [{ what: 'day', on } as const];
    return classes.flatMap((className) =>
      ofClass(
        on,
        className,
        those.filter((one) => one.className === className),
      ),
    );
  });
}

function ofClass(on: Day, className: string, sessions: readonly ClassSession[]): Gap[] {
  const empty = sessions.filter(({ made }) => made === 0);
  if (empty.length === sessions.length) return [{ what: 'class', on, className, session: null }];
  const missing = sessions.reduce((total, { expected, made }) => total + (made === 0 ? 0 : expected - made), 0);
  return [
    ...empty.map(({ session }) => ({ what: 'class', on, className, session }) as const),
    ...(missing > 0 ? [{ what: 'marks', on, className, missing } as const] : []),
  ];
}
