import { close, toBeDone } from './close.ts';
import { noteAttendance } from './note-attendance.ts';
import { leftSaid } from './on-roll.ts';
import { isOwed } from './proposal.ts';
import { takeUp } from './reopen.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

/**
 * Closes the case of a pupil who has left: there is no attendance to work on, and what the ladder and the rules beside it asked for
 * is withdrawn. What is owed to the family goes on. What the authority works on is its own, and is heard of still.
 */
export function leave(t: Telling): void {
  const why = leftSaid(t.c);
  if (why === null || t.c.onRollTo === null) return;
  noteAttendance(t);
  const { monitoring, heldUntil } = t.state;
  const asked = Object.values(t.state.proposals).filter((proposal) => !isOwed(proposal));
  // What nobody has answered is asked anew if they come back.
  const beside = t.state.beside.filter(
    (clause) => !asked.some(({ step, evidence }) => step === null && evidence.clause === clause),
  );
  const left = toBeDone(t);
  for (const { key } of asked) withdraw(t, key, why);
  close(t, { why, words: null, leftOn: t.c.onRollTo, interrupted: { monitoring, heldUntil, beside } }, left);
}

/**
 * Takes a case up again that was closed because its pupil had left, in the midst of the stage where it was, or at the nearest one
 * before it: a wrong date of leaving, or a child who is back, is no reason to begin anew and to forget what has gone to the family.
 * True if it did.
 */
export function comeBack(t: Telling): boolean {
  if (t.state.leftOn === undefined || t.c.laterCase || leftSaid(t.c) !== null) return false;
  return takeUp(t, 'The pupil is on the roll again');
}
