import type { Circumstances } from './circumstances.ts';
import type { CaseEvent } from './event.ts';
import { evolve } from './evolve.ts';
import type { CaseState } from './state.ts';

/** A case being told one thing: the state so far, and the events that have followed from it. */
export type Telling = {
  readonly c: Circumstances;
  readonly events: CaseEvent[];
  readonly state: CaseState;
  add(event: CaseEvent): void;
};

/** Starts telling. `add` keeps the event and moves the state on, so that the next rule sees what the last one did. */
export function telling(before: CaseState | null, c: Circumstances): Telling {
  let state = before;
  const events: CaseEvent[] = [];
  return {
    c,
    events,
    get state() {
      if (!state) throw new Error('The case is not opened yet');
      return state;
    },
    add(event) {
      state = evolve(state, event, c.on);
      events.push(event);
    },
  };
}
