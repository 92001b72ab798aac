import { addDays, type Day } from '../../calendar/day.ts';
import { placeAfter, placeOf, schoolDaysBetween, schoolYearStart } from '../../calendar/school-calendar.ts';
import { remembered } from '../../remembered.ts';
import { sessionId } from '../mark.ts';
import type { PupilRegister } from '../pupil-register.ts';

/** What is to come of a pupil's school year: sessions not marked yet, and whether the calendar holds all of them. */
export type Left = {
  /** Ids, oldest first: every session after the newest mark, to the end of the school year or of the pupil's time on roll. */
  sessions: readonly string[];
  /** False while the terms to come are not in the calendar. */
  whole: boolean;
};

type Known = Pick<PupilRegister, 'on' | 'onRollFrom' | 'onRollTo' | 'calendar' | 'newest'>;

/**
 * The sessions that are to come, if the pupil is expected whenever the school meets. What passed without a mark is not among
 * them, unless nothing after it has one. A calendar that stops before mid-June lacks a term: no school year ends so early.
 */
export function schoolYearLeft({ on, onRollFrom, onRollTo, calendar, newest }: Known): Left {
  const start = schoolYearStart(on);
  const end = addDays(schoolYearStart(addDays(start, 370)), -1);
  const last = onRollTo !== null && onRollTo < end ? onRollTo : end;
  const from = latest(start, onRollFrom, newest?.on ?? '');
  const after = newest ? sessionId(newest) : '';
  const { days } = calendar;
  const coming = sessionsOf(days).slice(2 * placeOf(days, from), 2 * placeAfter(days, last));
  const sessions = coming.filter((id) => id > after);
  const known = schoolDaysBetween(calendar, start, end).at(-1) ?? '';
  return { sessions, whole: known >= `${end.slice(0, 4)}-06-15` || (onRollTo !== null && onRollTo <= known) };
}

/** The two sessions of each of these days, in order: the same for every pupil. */
const sessionsOf = remembered((days: readonly Day[]): string[] =>
  days.flatMap((on) => (['AM', 'PM'] as const).map((session) => sessionId({ on, session }))),
);

const latest = (...days: Day[]): Day => days.reduce((a, b) => (a > b ? a : b));

export const calendarEnds = 'The school calendar does not reach the end of the school year. Add the next terms to the calendar';
