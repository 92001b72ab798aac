import type { Day } from './calendar/day.ts';

/** A matter being told one thing: its state so far, and the events that have followed from it. */
export type TellingOf<State, Event, C> = {
  readonly c: C;
  readonly events: Event[];
  readonly state: State;
  add(event: Event): void;
};

/** Starts telling. `add` keeps the event and moves the state on, so that the next rule sees what the last one did. */
export function tellingOf<State, Event, C extends { on: Day }>(
  before: State | null,
  c: C,
  evolve: (state: State | null, event: Event, on: Day) => State,
): TellingOf<State, Event, C> {
  const events: Event[] = [];
  // A plain field, since rules read it all the time and a getter is slow. An event before the first is refused by `evolve`.
  const telling = {
    c,
    events,
    state: before as State,
    add(event: Event) {
      telling.state = evolve(telling.state, event, c.on);
      events.push(event);
    },
  };
  return telling;
}
