import type { Day } from '../calendar/day.ts';
import { addDays } from '../calendar/day.ts';
import { addSchoolDays, schoolDaysBetween } from '../calendar/school-calendar.ts';
import { type Fraction, isSame } from '../register/fraction.ts';
import { holds } from './condition.ts';
import { attendanceOn } from './figures.ts';
import { mustWaitForMarks, restsOnMarks } from './missing-marks.ts';
import { isOwed, isToBeDone } from './proposal.ts';
import type { Telling } from './telling.ts';

/**
 * Closes the case when its attendance has held for the stated time, and the family is owed nothing more: a letter that is
 * held or was wrong is decided on first, what a rule beside the ladder asks for is done, and marks that are missing come in. True if it did.
 */
export function closing(t: Telling): boolean {
  const { closes } = t.c.pack;
  const well = !closes['not in'].includes(t.state.stage) && holds(closes.when, t.state, t.c);
  if (!well) {
    if (t.state.recovering) t.add({ type: 'no longer recovering' });
    return false;
  }
  const since = heldSince(t);
  const closesOn = addSchoolDays(t.c.calendar, since, closes['held for']);
  if (t.c.on >= closesOn && !owing(t) && !(restsOnMarks(closes.when) && mustWaitForMarks(t))) {
    t.add({ type: 'closed', why: closes.says, words: null });
    return true;
  }
  if (t.state.recovering?.since !== since) t.add({ type: 'recovering', since, closesOn });
  return false;
}

const owing = ({ state }: Telling): boolean =>
  Object.values(state.proposals).some((proposal) => isOwed(proposal) || isToBeDone(proposal));

/** The first day of the unbroken run, up to today and since the case began or began again, on which attendance was high enough. */
function heldSince({ c, state }: Telling): Day {
  const { when, 'held for': days } = c.pack.closes;
  const then = { ...state };
  let since = c.on;
  let judged: Fraction | null = null;
  const start = addDays(c.on, -7 * days);
  const { reopenedOn: begun = state.openedOn } = state;
  for (const day of schoolDaysBetween(c.calendar, start > begun ? start : begun, c.on).reverse()) {
    then.attendance = attendanceOn(c, day);
    // What held of a figure holds of the same figure on another day.
    if (!(judged && isSame(judged, then.attendance)) && !holds(when, then, c)) return since;
    judged = then.attendance;
    since = day;
  }
  return since;
}
