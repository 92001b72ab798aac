import type { Day } from '../../calendar/day.ts';
import { classOf, isMissing } from '../codes.ts';
import type { Fraction, Hundredths } from '../fraction.ts';
import { type Mark, type Span, sessionId } from '../mark.ts';

/** How a session was counted in a figure. */
export type CountedAs = 'attended' | 'authorised absence' | 'unauthorised absence' | 'not possible' | 'no mark' | 'left out';

/**
 * One session of those that make up a figure: its id ("2026-09-14 AM"), the code it bears ('' where none) and how it counted;
 * the minutes in a figure that adds them up.
 */
export type Counted = { id: string; code: string; as: CountedAs; minutesLate?: number };

/** How many of a weekday's school days had an absence. 1 is Monday. */
export type OnWeekday = { weekday: number; absent: number; of: number };

/**
 * What a measure comes to, in its own unit. Attendance is compared as integers (fraction.ts), never as a percentage; days are
 * school days, half a day a session; a run has its first and last day; a pattern and a trend say how far chance explains them.
 */
export type Value =
  | ({ is: 'attendance' } & Fraction)
  | { is: 'sessions'; sessions: number }
  | { is: 'spells'; spells: number }
  | { is: 'school days'; days: number }
  | { is: 'minutes'; minutes: number; known: number; lates: number }
  | { is: 'run'; days: number; from: Day | null; to: Day | null }
  | ({ is: 'answer'; yes: boolean } & Fraction)
  | { is: 'day'; day: Day }
  | { is: 'pattern'; weekdays: number[]; days: OnWeekday[]; oneIn: number; comparisons: number }
  | { is: 'trend'; weeks: number; perWeek: Hundredths; low: Hundredths; high: Hundredths; going: 'up' | 'down' | null };

/** A figure with the sessions that make it up, so that whoever reads it can count again. */
export type Figure<V extends Value = Value> = {
  /** The name of its measure, and what is asked of it, in words: "Attendance, the last 10 school days". */
  measure: string;
  label: string;
  span: Span;
  /** Null where nothing can be said: `note` says why. */
  value: V | null;
  /** What a reader has to know beside the value, or why there is none. */
  note: string | null;
  /** Possible sessions in the span. */
  possible: number;
  /** True if they are as many as the measure asks for. No step is to rest on a figure without enough. */
  enough: boolean;
  sessions: Counted[];
};

export const counted = (mark: Mark): Counted => ({ id: sessionId(mark), code: mark.code, as: countedAs(mark.code) });

function countedAs(code: string): CountedAs {
  if (isMissing(code)) return 'no mark';
  const of = classOf(code);
  if (of === 'present' || of === 'aea') return 'attended';
  if (of === 'authorised') return 'authorised absence';
  return of === 'unauthorised' ? 'unauthorised absence' : 'not possible';
}
