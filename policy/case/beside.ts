import { holds } from './condition.ts';
import { letterMayBeProposed, passedOver } from './next-step.ts';
import { wasMistaken } from './overtaken.ts';
import { propose } from './propose.ts';
import { stageOf } from './stage.ts';
import { askedFirst } from './step.ts';
import type { Telling } from './telling.ts';
import { figuresSo } from './why-so.ts';

/** What older packs meant by a rule that says nothing. */
const improved = 'Attendance has improved since the letter: thank the family';

/**
 * Proposes what stands beside the ladder, such as a thank-you call: once a stage, unless it was withdrawn
 * before anybody answered, and never in the ladder's way. Nobody is
 * thanked for an improvement that is only the register's. A letter waits until one may go, and all that is asked for with it.
 */
export function besideTheLadder(t: Telling): void {
  if (wasMistaken(t)) return;
  for (const { when, source, says = improved, do: steps } of stageOf(t).alongside) {
    if (t.state.beside.includes(source) || !holds(when, t.state, t.c)) continue;
    const asking = { clause: source, figures: figuresSo(when, t.c), why: says, step: null };
    const taken = steps.filter((step) => passedOver(step, t) === null);
    if (taken.some((step) => 'letter' in step && !letterMayBeProposed(t, step, asking))) continue;
    for (const step of taken) propose(t, { ...askedFirst(step), ...asking });
  }
}
