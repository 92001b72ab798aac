import type { z } from 'zod';
import type { Day } from '../../calendar/day.ts';
import { counted as numbered } from '../../counted.ts';
import { type Mark, type Span, within } from '../mark.ts';
import type { PupilRegister } from '../pupil-register.ts';
import type { Counted, Figure, Value } from './figure.ts';
import { type Over, spanOf } from './over.ts';
import { totalsOf } from './totals.ts';

/** What a measure found: the value, the span it looked at, and the sessions it counted. `possible` where some were left out. */
type Found<V extends Value> = {
  span: Span;
  value: V | null;
  sessions: Counted[];
  note?: string | null;
  possible?: number;
};

type Definition<P extends z.ZodObject, V extends Value> = {
  /** What policies, addresses and machines call it. */
  name: string;
  label: string;
  /** What the value is in. */
  unit: string;
  /** What it counts, and what of it is our own reading. */
  counts: string;
  source: string;
  /** The possible sessions in its span from which on it says something; 0 where every number is a plain fact. */
  minimum: number;
  /** What becomes of the figure below that minimum. */
  below: 'shown with a caution' | 'not said';
  /** What can be asked of it. */
  params: P;
  /** What was asked, in words: "this term". */
  said: (asked: z.output<P>) => string;
  find: (register: PupilRegister, asked: z.output<P>) => Found<V>;
  /** The value as a sentence says it, where its label before it would not be one: "2 sessions absent on the last school day". */
  fact?(value: NoInfer<V>, asked: z.output<P>): string;
  /**
   * The number that the value has on any day, for whoever asks on every day of a year: the marks are counted once. NaN while nothing
   * is said, or sessions are too few. What it says is what `find` says: a property of the tests holds them together.
   */
  daily?(all: PupilRegister, asked: z.output<P>): (on: Day) => number;
};

export type Measure<P extends z.ZodObject = z.ZodObject, V extends Value = Value> = Omit<Definition<P, V>, 'find' | 'said'> & {
  /** The figure of one pupil. Pure: the same register and question give the same figure. */
  figure(register: PupilRegister, asked: z.output<P>): Figure<V>;
};

/** Possible sessions from which on a percentage says something: two school weeks. */
export const enoughForAttendance = 20;
/** Possible sessions from which on a habit or a direction can be looked for: six school weeks. */
export const enoughForPattern = 60;

const nothingKnown = 'No possible session is known';

/** A measure from its definition: what is common to all is done here. */
export function measure<P extends z.ZodObject, V extends Value>({ find, said, ...of }: Definition<P, V>): Measure<P, V> {
  return {
    ...of,
    figure(register, asked) {
      const found = find(register, asked);
      const { value, span, sessions, note = null, possible = totalsOf(within(register.marks, span)).possible } = found;
      const label = [of.label, said(asked)].filter((text) => text !== '').join(', ');
      const enough = possible >= of.minimum;
      const about = { measure: of.name, label, span, possible, enough, sessions };
      if (possible === 0 && !enough) return { ...about, value: null, note: nothingKnown };
      if (possible === 0) return { ...about, value, note: note ?? nothingKnown };
      if (enough) return { ...about, value, note };
      const few = `Only ${numbered(possible, 'possible session')}, and ${of.minimum} are needed`;
      if (of.below === 'not said') return { ...about, value: null, note: `${few} to say anything` };
      return { ...about, value, note: [...(note === null ? [] : [note]), `${few} to rest a decision on it`].join('. ') };
    },
  };
}

/** The span that was asked for, and the marks in it. */
export function marksOver(register: PupilRegister, over: Over): { span: Span; marks: Mark[] } {
  const span = spanOf(register, over);
  return { span, marks: within(register.marks, span) };
}
