import type { Day } from '../../policy/calendar/day.ts';
import type { Moment } from '../../policy/calendar/moment.ts';
import type { Tx } from '../../prisma/client.ts';
import type { chained, Entry, Head } from '../../prisma/ledger.ts';
import type { Follow, MatterInput, MatterKind } from '../../workflows/messages.ts';

/** A day on which a matter wants to be woken, at which time if it goes by the clock, and why. */
export type Deadline = Moment & { why: string };

/**
 * What the rules say of a case or a referral that takes one input. `State` is its own affair; whoever advances it only
 * carries it from one function to the next.
 */
export type Rules<State = unknown, Event extends Entry = Entry> = {
  /** The state so far; null before its first event. */
  state: State | null;
  on: Day;
  /** A training school's matters are woken by its clock, not by timers. */
  stepped: boolean;
  decide(input: MatterInput, words: string | null): Event[];
  evolve(state: State | null, event: Event): State;
  deadline(state: State): Deadline | null;
  stage(state: State): string;
  closed(state: State): boolean;
  headline(state: State): string;
};

/** A case or a referral, loaded for one input. */
export type Matter<State = unknown, Event extends Entry = Entry> = Rules<State, Event> & {
  /** Writes the events and what the screens read, and does what they mean inside the building. Returns what the workflow starts. */
  keep(tx: Tx, kept: Kept<State, Event>): Promise<Follow[]>;
};

/** What an input led to, as it is to be kept. */
export type Kept<State = unknown, Event extends Entry = Entry> = {
  /** Null before its first event. */
  before: State | null;
  state: State;
  events: readonly Event[];
  /** The same as rows of the ledger, which stands at `head` then. */
  rows: ReturnType<typeof chained>['rows'];
  head: Head;
  deadline: Deadline | null;
  byUser: string | null;
  open: OpenMatter;
};

/** Gives a matter that was just made its first input, in the same transaction. */
export type OpenMatter = (kind: MatterKind, matterId: string) => Promise<unknown>;

/** How a matter of a kind is loaded for an input, once its row is locked. `now` is epoch ms. */
export type Load = (tx: Tx, matterId: string, now: number, input: MatterInput) => Promise<Matter>;
export type Loads = Record<MatterKind, Load>;
