import { countOn } from '../calendar/count-on.ts';
import type { Day } from '../calendar/day.ts';
import { addSchoolDays, isSchoolDay, nextSchoolDay, type SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Due } from '../pack/amount.ts';
import { type Proposal, runsFrom } from './proposal.ts';

type From<T> = { was: T; is: T };
export type MonitoringDates = { from: Day; until: Day; judgedOn: Day };

/** A day that a decision is due, and on which whoever has it is reminded. */
export type ProposalMove = { what: 'proposal'; key: string; due: From<Day>; remindOn: From<Day> };

/** A date that moved since the calendar changed; or one that people agreed on, which stays although the school is closed then. */
export type Move =
  | ({ what: 'monitoring' } & From<MonitoringDates>)
  | ({ what: 'closing' | 'asked again' | 'put back' } & From<Day>)
  /** What is counted afresh each time: `why` the case is looked at then. */
  | ({ what: 'next'; why: string } & From<Day>)
  | ProposalMove
  | { what: 'meeting'; on: Day };

/** The day itself if there is school, or the next one on which there is. */
export const schoolDayFrom = (calendar: SchoolCalendar, day: Day): Day =>
  isSchoolDay(calendar, day) ? day : nextSchoolDay(calendar, day);

/**
 * The proposals whose days are others by the calendar as it is now. `dueIn` is how many school days one is given; where that is
 * not known, as in older ledgers, a day without school is moved to the next with. Who was reminded is not reminded again.
 */
export const proposalMoves = <
  P extends Pick<Proposal, 'key' | 'madeOn' | 'agreedFor' | 'due' | 'remindOn' | 'reminded' | 'standIn'>,
>(
  proposals: readonly P[],
  calendar: SchoolCalendar,
  { remindAfter, dueIn }: { remindAfter: (proposal: P) => number; dueIn: (proposal: P) => number | Due | undefined },
): ProposalMove[] =>
  proposals.flatMap((proposal) => {
    const { key, due, remindOn, reminded } = proposal;
    const is = {
      due: dueAnew(calendar, proposal, dueIn(proposal)),
      remindOn: reminded ? remindOn : remindedAnew(calendar, proposal, remindAfter),
    };
    if (is.due === due && is.remindOn === remindOn) return [];
    return [{ what: 'proposal', key, due: { was: due, is: is.due }, remindOn: { was: remindOn, is: is.remindOn } }];
  });

/** What is due by the hour or the clock is said at that time, and if there is no school then, on the next day with school. */
const remindedAnew = <P extends Pick<Proposal, 'madeOn' | 'agreedFor' | 'remindOn' | 'standIn'>>(
  calendar: SchoolCalendar,
  proposal: P,
  remindAfter: (proposal: P) => number,
): Day =>
  proposal.standIn
    ? schoolDayFrom(calendar, proposal.remindOn)
    : addSchoolDays(calendar, runsFrom(proposal), remindAfter(proposal));

function dueAnew(
  calendar: SchoolCalendar,
  { madeOn, agreedFor, due }: Pick<Proposal, 'madeOn' | 'agreedFor' | 'due'>,
  given: number | Due | undefined,
): Day {
  if (agreedFor !== undefined) return due;
  if (given === undefined) return schoolDayFrom(calendar, due);
  if (typeof given === 'object' && 'by' in given) return schoolDayFrom(calendar, madeOn);
  // Hours run by the clock: no calendar moves them.
  if (typeof given === 'object' && (given.unit === 'hour' || given.unit === 'minute')) return due;
  return countOn(calendar, madeOn, typeof given === 'number' ? { n: given, unit: 'school day' } : given);
}

/** The proposals after moves. Those that did not move are the very same. */
export function movedProposals<P extends Pick<Proposal, 'due' | 'remindOn' | 'standIn'>>(
  proposals: Record<string, P>,
  moves: readonly { what: string }[],
): Record<string, P> {
  const after = { ...proposals };
  for (const move of moves.filter((one): one is ProposalMove => one.what === 'proposal')) {
    const old = after[move.key];
    if (!old) continue;
    const { standIn } = old;
    const asked = standIn && { standIn: { ...standIn, on: standIn.on < move.remindOn.is ? move.remindOn.is : standIn.on } };
    after[move.key] = { ...old, due: move.due.is, remindOn: move.remindOn.is, ...asked };
  }
  return after;
}
