import type { Day } from '../policy/calendar/day.ts';
import type { CaseEvent } from '../policy/case/event.ts';
import { evolve } from '../policy/case/evolve.ts';
import type { CaseState } from '../policy/case/state.ts';
import type { Db } from './client.ts';
import { columnOf } from './day-column.ts';
import { type Entry, eventsOfAll } from './ledger.ts';

type Kept = { on: Day; event: Entry };

/** The state of a case that its first events give; null of one that was not open yet. */
export const stateAfter = (events: readonly Kept[]): CaseState | null =>
  events.reduce<CaseState | null>((state, { event, on }) => evolve(state, event as unknown as CaseEvent, on), null);

type CaseThen = {
  pupil: { id: string; admissionNo: string; chosenName: string; className: string };
  state: CaseState;
  /** The day of its last closing, of one that was closed. */
  closedOn: Day | null;
};

/** The state of all cases of a school at the end of a day, that were opened by then, with the pupil as known now. Some at once: memory does not grow with the school. */
export async function* statesThen(db: Db, schoolId: string, day: Day): AsyncGenerator<CaseThen> {
  const cases = await db.attendanceCase.findMany({
    where: { schoolId, openedOn: { lte: columnOf(day) } },
    select: { id: true, pupil: { select: { id: true, admissionNo: true, chosenName: true, className: true } } },
    orderBy: [{ openedOn: 'asc' }, { pupil: { admissionNo: 'asc' } }],
  });
  for (let first = 0; first < cases.length; first += atOnce) {
    const these = cases.slice(first, first + atOnce);
    const kept = await eventsOfAll(
      db,
      these.map(({ id }) => id),
      day,
    );
    for (const { id, pupil } of these) {
      const events = kept.get(id) ?? [];
      const state = stateAfter(events);
      const closed = events.findLast(({ event }) => event.type === 'closed');
      if (state) yield { pupil, state, closedOn: state.status === 'closed' ? (closed?.on ?? null) : null };
    }
  }
}

const atOnce = 50;
