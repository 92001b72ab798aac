import { type Day, shortDay } from '../calendar/day.ts';
import { closedDays, type SchoolCalendar } from '../calendar/school-calendar.ts';
import { isMissing } from './codes.ts';

/** A school's days as a mark is checked against them. */
export type SchoolDays = { open: ReadonlySet<Day>; closed: ReadonlySet<Day>; first: Day; last: Day; today: Day };

export function schoolDays(calendar: SchoolCalendar, today: Day): SchoolDays {
  const { days, terms } = calendar;
  const last = terms
    .map(({ to }) => to)
    .sort()
    .at(-1);
  return { open: new Set(days), closed: closedDays(calendar), first: terms[0]?.from ?? '', last: last ?? '', today };
}

/** Why a mark cannot stand on its day, and what mends it in a file. */
export type WrongDay = { why: string; cure: string };

/**
 * What is wrong with the day of a mark: the school's, or the pupil's, who joined on `from` and left on `to`. A missing mark is
 * right on every day: a column a session, or a week in a cell, has to hold something for Friday on a Wednesday.
 */
export const wrongDay = (
  { date, code }: { date: Day; code: string },
  pupil: { from: Day; to: Day | null },
  days: SchoolDays,
): WrongDay | null => (isMissing(code) ? null : (noDayOf(date, code, days) ?? offRoll(date, code, pupil)));

function noDayOf(date: Day, code: string, { open, closed, first, last, today }: SchoolDays): WrongDay | null {
  if (first === '') return { why: 'The school has no terms yet', cure: 'add them to its calendar' };
  if (date > today) return { why: 'This day has not come', cure: `leave out rows after ${shortDay(today)}` };
  if (date < first || date > last)
    return {
      why: `The school’s calendar runs from ${shortDay(first)} to ${shortDay(last)}`,
      cure: 'mend the date, or add its term to the calendar',
    };
  // '#' is the code for a planned closure, and Y for one that nobody planned: on a closed day they say what the calendar says.
  const saysSo = code === '#' || (code.startsWith('Y') && closed.has(date));
  if (!open.has(date) && !saysSo)
    return {
      why: 'The school was closed on this day',
      cure: 'mend the date, leave the row out, or open the day in the calendar',
    };
  return null;
}

/** Z (not yet on the admission register) and # may stand outside a pupil's time at the school. */
function offRoll(date: Day, code: string, { from, to }: { from: Day; to: Day | null }): WrongDay | null {
  if (code === 'Z' || code === '#') return null;
  if (date < from)
    return { why: `The pupil joined on ${shortDay(from)}`, cure: 'mend the date, or on_roll_from in the pupils file' };
  if (to !== null && date > to)
    return { why: `The pupil left on ${shortDay(to)}`, cure: 'mend the date, or on_roll_to in the pupils file' };
  return null;
}
