import type { Day } from '../calendar/day.ts';
import { isSame } from '../register/fraction.ts';
import { type Mark, sessionId } from '../register/mark.ts';
import { totalsIn } from '../register/measures/totals.ts';
import type { Circumstances } from './circumstances.ts';
import { yearFrom } from './figures.ts';
import type { PrintedFigures } from './printed-figures.ts';

type Register = Pick<Circumstances, 'on' | 'onRollFrom' | 'assumed'> & { marks: readonly Mark[] };

/**
 * The first day that a letter names as counted, of the year or since the pupil came: the first with school, or with a mark of a
 * day that was taken out of the calendar since.
 */
export function printedFrom({ calendar, marks, ...c }: Pick<Circumstances, 'on' | 'onRollFrom' | 'calendar' | 'marks'>): Day {
  const start = yearFrom(c);
  const days = [calendar.days.find((day) => day >= start), marks.find((mark) => mark.on >= start)?.on];
  return days.flatMap((day) => day ?? []).sort()[0] ?? start;
}

/** What a letter says up to a session, that one included, as the register is now; null of an earlier year, or where nobody looks into a register. */
export function printedUpTo(c: Register, session: string): PrintedFigures | null {
  const from = yearFrom(c);
  if (c.assumed || session < from) return null;
  const marks = c.marks.filter((mark) => sessionId(mark) <= session);
  const { attended, possible, authorised, unauthorised } = totalsIn(marks, { from, to: session.slice(0, 10) });
  return { attended, possible, authorised, unauthorised };
}

const isSamePrinted = (a: PrintedFigures, b: PrintedFigures): boolean =>
  isSame(a, b) && a.authorised === b.authorised && a.unauthorised === b.unauthorised;

/** "34 of 36 sessions (1 missed with leave, 1 without)" */
const printedSaid = ({ attended, possible, authorised, unauthorised }: PrintedFigures): string =>
  `${attended} of ${possible} sessions (${authorised} missed with leave, ${unauthorised} without)`;

/** What a letter said and what the register says now of the same sessions. `seen` names the second, for whoever approves it. */
export type FiguresMoved = { said: PrintedFigures; is: PrintedFigures; seen: string };

/** How the register has moved under what a letter says up to a session; null if it has not. */
export function figuresMoved(said: PrintedFigures, upTo: string, c: Register): FiguresMoved | null {
  const is = printedUpTo(c, upTo);
  if (is === null || isSamePrinted(said, is)) return null;
  const { attended, possible, authorised, unauthorised } = said;
  return { said: { attended, possible, authorised, unauthorised }, is, seen: Object.values(is).join('-') };
}

/** Why a letter must not leave as it was approved, as a person reads it; null if its figures are right. */
export function movedSaid(...asked: Parameters<typeof figuresMoved>): string | null {
  const moved = figuresMoved(...asked);
  if (moved === null) return null;
  return `The register was corrected: it now says ${printedSaid(moved.is)}; when the letter was approved it said ${printedSaid(moved.said)}`;
}
