import { addSchoolDays, isSchoolDay } from '../calendar/school-calendar.ts';
import type { Circumstances } from './circumstances.ts';
import { deadlineOf, onlyLooked } from './deadline.ts';
import { anchoredOn, timeTold, waitedTime } from './monitoring.ts';
import { type Move, proposalMoves, schoolDayFrom } from './move.ts';
import { stageOf } from './stage.ts';
import type { CaseState } from './state.ts';
import { type Telling, telling } from './telling.ts';

/**
 * Counts anew, by the calendar as it is now, the dates that are still to come, from what they were counted from, and notes what
 * moved and why. Where a ledger does not say since when, a date only moves off a day without school. What people agreed on with
 * each other (a meeting, a day until which something is held) stays; a meeting on a day without school is named.
 */
export function replan(t: Telling): void {
  const kept = keptMoves(t);
  if (kept.length > 0) t.add({ type: 'replanned', moves: kept, why: t.c.words });
  const next = nextMove(t);
  if (next) t.add({ type: 'replanned', moves: [next], why: t.c.words });
}

/**
 * What a case would note in these circumstances, if it were told that the calendar changed: marks do not matter to it.
 * @throws CalendarEnds if the school's terms would end before a day that it counts to.
 */
export function movesIn(state: CaseState, c: Circumstances): Move[] {
  const t = telling(state, c);
  replan(t);
  return t.events.flatMap((event) => (event.type === 'replanned' ? event.moves : []));
}

function keptMoves(t: Telling): Move[] {
  const { state, c } = t;
  const { calendar, pack } = c;
  const { recovering } = state;
  const closing = recovering && addSchoolDays(calendar, recovering.since, pack.closes['held for']);
  return [
    ...monitoringMove(t),
    ...(recovering && closing && closing !== recovering.closesOn
      ? [{ what: 'closing' as const, was: recovering.closesOn, is: closing }]
      : []),
    ...askAgainMove(t),
    ...putBackMove(t),
    ...proposalMoves(Object.values(state.proposals), calendar, {
      remindAfter: () => pack.waiting['remind after'],
      dueIn: ({ dueIn }) => dueIn,
    }),
    ...meetingStays(t),
  ];
}

/**
 * The period as it would have been set had the calendar been as it is: from the first day that the family was told, from what it
 * counts from, or else from where it began.
 */
function monitoringMove(t: Telling): Move[] {
  const { monitoring } = t.state;
  const { wait } = stageOf(t);
  if (!monitoring || !wait) return [];
  const told = monitoring.anew ? null : timeTold(t);
  const anchor = told === null && !monitoring.anew ? anchoredOn(t, wait.from) : null;
  const was = { from: monitoring.from, until: monitoring.until, judgedOn: monitoring.judgedOn };
  const is =
    anchor === null
      ? waitedTime(t.c, { ...wait, 'first day': 'that day' }, told?.from ?? monitoring.from)
      : waitedTime(t.c, wait, anchor);
  const same = was.from === is.from && was.until === is.until && was.judgedOn === is.judgedOn;
  return same ? [] : [{ what: 'monitoring', was, is }];
}

function askAgainMove({ state: { askAgainOn, askAgain }, c }: Telling): Move[] {
  if (askAgainOn === null || askAgainOn <= c.on) return [];
  const is = askAgain ? addSchoolDays(c.calendar, askAgain.since, askAgain.after) : schoolDayFrom(c.calendar, askAgainOn);
  return is === askAgainOn ? [] : [{ what: 'asked again', was: askAgainOn, is }];
}

/** A case that was put back stays so long from the day on which its stage began anew. */
function putBackMove({ state: { backUntil, stageSince }, c }: Telling): Move[] {
  if (backUntil === undefined || backUntil <= c.on) return [];
  const is = addSchoolDays(c.calendar, stageSince, c.pack.waiting['ask again after']);
  return is === backUntil ? [] : [{ what: 'put back', was: backUntil, is }];
}

/** A meeting that is still to come, on a day without school. Said once. */
function meetingStays({ state: { meeting, metOn, meetingClosed }, c }: Telling): Move[] {
  if (!meeting || metOn !== null || meeting.on < c.on || meeting.on === meetingClosed) return [];
  return isSchoolDay(c.calendar, meeting.on) ? [] : [{ what: 'meeting', on: meeting.on }];
}

/**
 * What the case waited for, if that is on another day now although the case keeps no date of it. A look for its own sake is counted
 * from today: it is later each day, whatever the calendar says.
 */
function nextMove({ state, c, events }: Telling): Move | null {
  const next = deadlineOf(state, c);
  const { waitedFor } = c;
  if (!next || !waitedFor || next.why === onlyLooked || next.why !== waitedFor.why || next.on === waitedFor.on) return null;
  const said = events.some((event) => event.type === 'replanned' && event.moves.some((move) => days(move).includes(next.on)));
  return said ? null : { what: 'next', why: next.why, was: waitedFor.on, is: next.on };
}

/** The days to which a move leads. */
function days(move: Move): string[] {
  if (move.what === 'meeting') return [];
  if (move.what === 'monitoring') return [move.is.judgedOn];
  return move.what === 'proposal' ? [move.due.is, move.remindOn.is] : [move.is];
}
