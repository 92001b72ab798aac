import { z } from 'zod';
import { addDays, type Day, isDay, mondayOf, shortDay } from '../../calendar/day.ts';
import { halvesOf } from '../../calendar/day-names.ts';
import {
  lastSchoolWeeks,
  placeAfter,
  placeOf,
  type SchoolCalendar,
  schoolDaysBetween,
  schoolYearStart,
} from '../../calendar/school-calendar.ts';
import { remembered } from '../../remembered.ts';
import type { Span } from '../mark.ts';
import type { PupilRegister } from '../pupil-register.ts';

const named = ['school year', 'previous school year', 'term', 'half-term', 'whole record'] as const;

/** What a measure looks at: a time by its name, the last so many school days or weeks, or any span. */
export type Over = (typeof named)[number] | { schoolDays: number } | { schoolWeeks: number } | Span;

const words =
  'Write "school year", "previous school year", "term", "half-term", "whole record", "last 10 school days", "last 6 school weeks" or "2026-09-01 to 2026-10-23"';

/** The same as a policy or an address writes it: "term", "last 10 school days", "2026-09-01 to 2026-10-23". */
export const Over = z
  .string()
  .transform((text, ctx): Over => {
    const over = read(text);
    if (over) return over;
    ctx.addIssue({ code: 'custom', message: words });
    return z.NEVER;
  })
  .meta({ id: 'span', description: `What something is counted over. ${words}.` });

function read(text: string): Over | undefined {
  const name = named.find((one) => one === text);
  if (name) return name;
  const [, n, unit] = /^last ([1-9]\d{0,2}) school (day|week)s?$/.exec(text) ?? [];
  if (n) return unit === 'day' ? { schoolDays: Number(n) } : { schoolWeeks: Number(n) };
  const [from = '', to = '', ...more] = text.split(' to ');
  return isDay(from) && isDay(to) && from <= to && more.length === 0 ? { from, to } : undefined;
}

/** "this school year", "the last 10 school days", "1 Sep 2026 to 23 Oct 2026" */
export function overSaid(over: Over): string {
  if (over === 'whole record') return 'all that is known';
  if (over === 'previous school year') return 'last school year';
  if (typeof over === 'string') return `this ${over}`;
  if ('schoolDays' in over) return over.schoolDays === 1 ? 'the last school day' : `the last ${over.schoolDays} school days`;
  if ('schoolWeeks' in over) return over.schoolWeeks === 1 ? 'this school week' : `the last ${over.schoolWeeks} school weeks`;
  return `${shortDay(over.from)} to ${shortDay(over.to)}`;
}

/** The same after what happened in it: "on the last school day", "in the last 10 school days", "from 1 Sep to 23 Oct". */
export function overDuring(over: Over): string {
  if (typeof over === 'object' && 'from' in over) return `from ${overSaid(over)}`;
  return `${typeof over === 'object' && 'schoolDays' in over && over.schoolDays === 1 ? 'on' : 'in'} ${overSaid(over)}`;
}

type AskedOn = Pick<PupilRegister, 'on' | 'onRollFrom' | 'calendar' | 'marks'>;

/**
 * The days a measure looks at, up to the day it is asked and not before the pupil joined. Between terms, "term" and
 * "half-term" are the last that ended. The last n school days end with the day itself, if it is one. The last n school weeks end
 * with the week under way, however far it has come, also before its first session; on a day of a week without school they end with the
 * school week before it. So ten school weeks are those of the penalty-notice threshold were its newest session on that day: that week
 * and the nine school weeks before it.
 */
export function spanOf(register: AskedOn, over: Over): Span {
  const { from, to } = wholeSpan(register, over);
  const { on, onRollFrom } = register;
  return { from: from < onRollFrom ? onRollFrom : from, to: to > on ? on : to };
}

/** That span for any day on which it may be asked. What follows from the calendar alone is found once for all pupils. */
export function spanOn({ onRollFrom, calendar, marks }: Omit<AskedOn, 'on'>, over: Over): (on: Day) => Span {
  if (over === 'whole record') return (on) => spanOf({ on, onRollFrom, calendar, marks }, over);
  const spans = spansIn(calendar);
  const known = spans.get(over) ?? new Map<Day, Span>();
  spans.set(over, known);
  return (on) => {
    const span = known.get(on) ?? spanOf({ on, onRollFrom: '', calendar, marks: [] }, over);
    known.set(on, span);
    return span.from < onRollFrom ? { ...span, from: onRollFrom } : span;
  };
}

const spansIn = remembered((_calendar: SchoolCalendar) => new Map<Over, Map<Day, Span>>());

/** How many of these days, in order, lie in a span. A day counts as often as it is named. */
export const daysWithin = (days: readonly Day[], { from, to }: Span): number =>
  from > to ? 0 : placeAfter(days, to) - placeOf(days, from);

function wholeSpan({ on, calendar, marks }: Pick<PupilRegister, 'on' | 'calendar' | 'marks'>, over: Over): Span {
  if (over === 'school year') return { from: schoolYearStart(on), to: on };
  if (over === 'whole record') return { from: marks[0]?.on ?? on, to: on };
  if (over === 'previous school year') {
    const to = addDays(schoolYearStart(on), -1);
    return { from: schoolYearStart(to), to };
  }
  if (over === 'term') return termAt(calendar, on) ?? { from: on, to: on };
  if (over === 'half-term') return halfTermAt(calendar, on) ?? { from: on, to: on };
  if ('from' in over) return over;
  const from =
    'schoolDays' in over
      ? schoolDaysBetween(calendar, '', on).at(-over.schoolDays)
      : lastSchoolWeeks(calendar, addDays(mondayOf(on), 6), over.schoolWeeks)[0];
  return { from: from ?? calendar.days[0] ?? on, to: on };
}

/** The term of a day, or the last that had begun before it. */
const termAt = ({ terms }: SchoolCalendar, on: Day): Span | undefined => terms.findLast(({ from }) => from <= on);

/** The half of that term, before or after its half-term holiday, that the day falls in or that ended last before it. */
function halfTermAt(calendar: SchoolCalendar, on: Day): Span | undefined {
  const term = termAt(calendar, on);
  return term && halvesOf(calendar, term).findLast(({ from }) => from <= on);
}
