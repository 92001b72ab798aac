import type { CaseEvent } from '../../policy/case/event.ts';
import { type MoveTried, moveTried } from '../../policy/case/move-policy.ts';
import type { CaseState } from '../../policy/case/state.ts';
import { Refusal } from '../../policy/refusal.ts';
import type { Db } from '../../prisma/client.ts';
import type { Advance } from './advance.ts';
import { loadCase } from './attendance-case.ts';

/** What would become of a case that is told to move to another version of its policy. It is not told. */
export const tryMove = (db: Db, now: number, { matterId, input }: Omit<Advance, 'kind'>): Promise<MoveTried> =>
  db.$transaction(async (tx) => {
    const matter = await loadCase(tx, matterId, now, input);
    const before = matter.state;
    if (!before) throw new Error(`Case ${matterId} has no first event`);
    try {
      const events = matter.decide(input, null);
      const after = events.reduce<CaseState>((state, event: CaseEvent) => matter.evolve(state, event), before);
      return moveTried(before, after, matter.deadline(after));
    } catch (error) {
      if (error instanceof Refusal) return { refused: error.message };
      throw error;
    }
  });
