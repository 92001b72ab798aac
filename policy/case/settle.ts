import { besideTheLadder } from './beside.ts';
import { closing } from './closing.ts';
import { holds } from './condition.ts';
import { attendanceOn, newestSession } from './figures.ts';
import { monitoring } from './monitoring.ts';
import { nextStep } from './next-step.ts';
import { overtaken } from './overtaken.ts';
import { questionLetters } from './question-letters.ts';
import { enter, stageOf } from './stage.ts';
import { grounds, reminders } from './standing.ts';
import type { Telling } from './telling.ts';

/**
 * Lets all follow that follows: figures are noted, letters that lost their ground are asked about or put right, what lost
 * its ground is withdrawn, the stage moves on, and what comes next is proposed. Ends when nothing more follows.
 */
export function settle(t: Telling): void {
  noteAttendance(t);
  if (t.state.status === 'closed') return;
  questionLetters(t);
  overtaken(t);
  if (onHold(t)) return;
  for (let before = -1; before < t.events.length; ) {
    before = t.events.length;
    grounds(t);
    monitoring(t);
    moveOn(t);
    if (closing(t)) return;
    nextStep(t);
    besideTheLadder(t);
  }
  reminders(t);
}

function noteAttendance(t: Telling): void {
  const attendance = attendanceOn(t.c, t.c.on);
  const { attended, possible } = t.state.attendance;
  if (attendance.attended === attended && attendance.possible === possible) return;
  t.add({ type: 'attendance noted', attendance, upTo: newestSession(t.c) });
}

function onHold(t: Telling): boolean {
  const { heldUntil } = t.state;
  if (heldUntil === null) return false;
  if (t.c.on < heldUntil) return true;
  t.add({ type: 'resumed', why: 'The date it was held until has come' });
  return false;
}

function moveOn(t: Telling): void {
  const rule = stageOf(t).next.find(({ when }) => holds(when, t.state, t.c));
  if (rule) enter(t, rule.go);
}
