import { holds } from './condition.ts';
import { wasMistaken } from './overtaken.ts';
import { propose } from './propose.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';

/**
 * Proposes what stands beside the ladder, such as a thank-you call: once a stage, and never in the ladder's way. Nobody is
 * thanked for an improvement that is only the register's.
 */
export function besideTheLadder(t: Telling): void {
  if (wasMistaken(t)) return;
  for (const { when, source, do: step } of stageOf(t).alongside) {
    if (t.state.beside.includes(source) || !holds(when, t.state, t.c)) continue;
    propose(t, {
      action: { what: 'call', script: step.call.script },
      person: step.call.by,
      clause: source,
      why: 'Attendance has improved since the letter: thank the family',
      due: step.call.due,
      step: null,
    });
  }
}
