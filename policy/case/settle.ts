import { isSchoolDay, schoolYearOf } from '../calendar/school-calendar.ts';
import { besideTheLadder } from './beside.ts';
import { closing } from './closing.ts';
import { holds } from './condition.ts';
import { mustWaitForMarks, restsOnMarks } from './missing-marks.ts';
import { monitoring } from './monitoring.ts';
import { nextStep } from './next-step.ts';
import { noteAttendance } from './note-attendance.ts';
import { overtaken } from './overtaken.ts';
import { goesOnInHold } from './proposal.ts';
import { propose } from './propose.ts';
import { questionLetters } from './question-letters.ts';
import { recordedSince } from './recorded-since.ts';
import { alwaysBeside } from './rules.ts';
import { enter, stageOf } from './stage.ts';
import { grounds, reminders } from './standing.ts';
import { isBarred, isWorkedOn } from './step-back.ts';
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
  newYear(t);
  recordedSince(t);
  alwaysBeside(t);
  if (onHold(t)) {
    grounds(t);
    return reminders(t, goesOnInHold);
  }
  // Stages that lead to each other at the same figures would go round for ever: each is entered once at most.
  let moves = 0;
  for (let before = -1; before < t.events.length; ) {
    before = t.events.length;
    grounds(t);
    monitoring(t);
    while (moves < Object.keys(t.c.pack.stages).length && moveOn(t)) moves++;
    if (closing(t)) return;
    nextStep(t);
    besideTheLadder(t);
  }
  reminders(t);
}

/**
 * A new school year begins: what is open stays, goes where the policy says, or is looked at by a person. What the authority works
 * on stays where it is.
 */
function newYear(t: Telling): void {
  const clause = t.c.pack['year end'];
  const year = schoolYearOf(t.c.on);
  if (!clause || !isSchoolDay(t.c.calendar, t.c.on) || year === (t.state.schoolYear ?? schoolYearOf(t.state.openedOn))) return;
  t.add({ type: 'new school year', year });
  const { 'open cases': open, 'looked at by': person } = clause;
  if (typeof open === 'object') return isWorkedOn(t.state.referral) ? undefined : enter(t, open['go to']);
  if (open !== 'are looked at' || person === undefined) return;
  const why = 'A new school year has begun, and its figures with it: look whether this case goes on as it is';
  const action = { what: 'task', task: 'review', says: why, whom: [], may: false } as const;
  propose(t, { action, person, clause: clause.source, why, due: { n: 5, unit: 'school day' }, step: null, rule: 'year end' });
}

function onHold(t: Telling): boolean {
  const { heldUntil } = t.state;
  if (heldUntil === null) return false;
  if (t.c.on < heldUntil) return true;
  t.add({ type: 'resumed', why: 'The date it was held until has come' });
  return false;
}

function moveOn(t: Telling): boolean {
  const rule = stageOf(t).next.find(({ when }) => holds(when, t.state, t.c) && !isBarred(when, t));
  if (!rule || (restsOnMarks(rule.when) && mustWaitForMarks(t))) return false;
  enter(t, rule.go);
  return true;
}
