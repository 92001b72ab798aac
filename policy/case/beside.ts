import { holds } from './condition.ts';
import { letterMayBeProposed, passedOver } from './next-step.ts';
import { wasMistaken } from './overtaken.ts';
import { propose } from './propose.ts';
import { stageOf } from './stage.ts';
import { askedFirst } from './step.ts';
import type { Telling } from './telling.ts';

/** What older packs meant by a rule that says nothing. */
const improved = 'Attendance has improved since the letter: thank the family';

/**
 * Proposes what stands beside the ladder, such as a thank-you call: once a stage, and never in the ladder's way. A letter waits
 * until one may go, and the whole rule with it, as beside every stage. Nobody is thanked for an improvement that is only the register's.
 */
export function besideTheLadder(t: Telling): void {
  if (wasMistaken(t)) return;
  for (const { when, source, says = improved, do: steps } of stageOf(t).alongside) {
    if (t.state.beside.includes(source) || !holds(when, t.state, t.c)) continue;
    const taken = steps.filter((step) => passedOver(step, t) === null);
    if (taken.some((step) => 'letter' in step && !letterMayBeProposed(t, stageOf(t), step))) continue;
    for (const step of taken) {
      propose(t, { ...askedFirst(step), clause: source, why: says, step: null });
    }
  }
}
