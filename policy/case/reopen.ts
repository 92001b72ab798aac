import { addSchoolDays } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import { Refusal } from '../refusal.ts';
import { lapsed } from './answered.ts';
import type { CaseEvent } from './event.ts';
import { noteAttendance } from './note-attendance.ts';
import { hasLeft } from './on-roll.ts';
import { replan } from './replan.ts';
import { enter } from './stage.ts';
import type { CaseState } from './state.ts';
import { earlierStages, isWorkedOn } from './step-back.ts';
import type { Telling } from './telling.ts';

/**
 * The stages at which a closed case can go on, the nearest first: the one in which it was closed, and those before it. Nobody is
 * brought further up the ladder by a case that was closed. Only its own while the authority has the referral, and that not once
 * the authority has ended its work.
 */
export function stagesToReopen(pack: Pack, state: CaseState): string[] {
  if (isWorkedOn(state.referral)) return [state.stage];
  return [...(pack.closes['not in'].includes(state.stage) ? [] : [state.stage]), ...earlierStages(pack, state)];
}

/**
 * Opens a closed case again, with its ledger and all that it remembers: letters that have gone count, so that none goes twice too
 * soon and no second one before a first, nor one of what the family has been told. Its stage begins anew and stays for as long as a step that was declined, unless what
 * comes about in it moves it on; attendance has to hold anew before the case closes by itself. A rule beside the ladder that was
 * so no more meanwhile is over: if it is so again, that is new.
 * @throws Refusal('NotAllowed') if the pupil has had another case since or has left, ('BadInput') if it cannot go on at that stage.
 */
export function reopen(t: Telling, chosen: string | undefined): void {
  const { state, c } = t;
  if (c.laterCase) throw new Refusal('NotAllowed', 'The pupil has had another case since. Only the last one can be opened again');
  if (hasLeft(c)) throw new Refusal('NotAllowed', 'The pupil is not on the roll any more: there is no attendance to work on');
  const stages = stagesToReopen(c.pack, state);
  const stage = chosen ?? state.stage;
  if (!stages.includes(stage))
    throw new Refusal('BadInput', `The case cannot go on at "${stage}": choose the stage. Stages: ${stages.join(', ')}`);
  openAgain(t, { stage, words: c.words });
  beginAnew(t, stage);
}

/**
 * The same by the rules: in the midst of its own stage, with its steps, its time of monitoring and its hold as they were; or, where
 * it cannot go on there, from the beginning of the nearest one before it. False if there is none.
 */
export function takeUp(t: Telling, why: string): boolean {
  const [stage] = stagesToReopen(t.c.pack, t.state);
  if (stage === undefined) return false;
  const goesOn = stage === t.state.stage;
  openAgain(t, { stage, words: null, why, ...(goesOn && { goesOn }) });
  // The calendar may have changed meanwhile, and told nobody of it.
  if (goesOn) replan(t);
  else beginAnew(t, stage);
  return true;
}

function openAgain(t: Telling, said: Omit<Extract<CaseEvent, { type: 'case reopened' }>, 'type'>): void {
  const { state, c } = t;
  const { closedOn } = c;
  const over = closedOn === undefined ? [] : lapsed(state, { ...c, closedOn });
  t.add({ type: 'case reopened', ...said });
  for (const rule of over) t.add({ type: 'rule over', rule });
}

function beginAnew(t: Telling, stage: string): void {
  const { c } = t;
  // What the stage measures from is what the register says on the day it begins anew.
  noteAttendance(t);
  enter(t, stage, addSchoolDays(c.calendar, c.on, c.pack.waiting['ask again after']));
}
