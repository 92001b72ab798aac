import { countOn } from '../calendar/count-on.ts';
import { type Day, londonDay, londonInstant, londonTime } from '../calendar/day.ts';
import { inOrder } from '../calendar/moment.ts';
import { addSchoolDays, isSchoolDay, nextSchoolDay, type SchoolCalendar } from '../calendar/school-calendar.ts';
import type { Due } from '../pack/amount.ts';
import type { Circumstances } from './circumstances.ts';
import { schoolDayFrom } from './move.ts';
import type { Proposal } from './proposal.ts';

type Times = Pick<Proposal, 'agreedFor' | 'due' | 'dueAt' | 'remindOn' | 'remindAt' | 'standIn'>;

/** What goes by the clock. */
type TimeOfDay = { on: Day; at: string };

/** After the time at which something was due by the clock, its person has an hour before whoever stands in is asked too. */
const hourMore = 60;
/** When a deadline that is a date is looked at: before school. */
export const morning = '07:00';

/**
 * When what is proposed now is due, and when its person is reminded. By days, that is as the policy's "waiting" says. By the hour
 * or the clock, the reminder comes at the time itself and the stand-in is asked an hour later; hours run by the clock, also by
 * night and at weekends, and nobody is reminded on a day without school: it waits for the next one's morning.
 */
export function timesOf({ calendar, pack, on, at }: Pick<Circumstances, 'calendar' | 'pack' | 'on' | 'at'>, due: Due): Times {
  if (!isByTheClock(due))
    return { due: countOn(calendar, on, due), remindOn: addSchoolDays(calendar, on, pack.waiting['remind after']) };
  return at === undefined ? byTheDay(calendar, { on, due }) : byTheClock(calendar, { on, at }, due);
}

/** What people agreed to do on a later day is due then, whatever the policy's own time for it, and nobody is reminded of it before. */
export const timesAgreed = ({ calendar, pack }: Pick<Circumstances, 'calendar' | 'pack'>, day: Day): Times => ({
  ...{ agreedFor: day, due: day, remindOn: addSchoolDays(calendar, day, pack.waiting['remind after']) },
});

/** True of "by 09:30" and "1 hour". */
export const isByTheClock = (due: Due): boolean => 'by' in due || minutesIn(due) !== null;

function byTheClock(calendar: SchoolCalendar, now: TimeOfDay, due: Due): Times {
  const by = 'by' in due ? { on: schoolDayFrom(calendar, now.on), at: due.by } : later(now, minutesIn(due) ?? 0);
  const remind = atSchool(calendar, inOrder(by, now) < 0 ? now : by);
  const standIn = atSchool(calendar, later(remind, hourMore));
  return { due: by.on, dueAt: by.at, remindOn: remind.on, remindAt: remind.at, standIn };
}

/** A training school's clock steps from day to day: a time of a day has passed there when the day has, and both are told together. */
function byTheDay(calendar: SchoolCalendar, { on, due }: { on: Day; due: Due }): Times {
  const day = 'by' in due ? schoolDayFrom(calendar, on) : on;
  const next = nextSchoolDay(calendar, day);
  return { due: day, ...('by' in due && { dueAt: due.by }), remindOn: next, standIn: { on: next } };
}

const atSchool = (calendar: SchoolCalendar, moment: TimeOfDay): TimeOfDay =>
  isSchoolDay(calendar, moment.on) ? moment : { on: nextSchoolDay(calendar, moment.on), at: morning };

const fiveMinutes = 300_000;

/** So many minutes later by the clock. To the next five minutes: people say no other times, and what comes together is told together. */
function later({ on, at }: TimeOfDay, minutes: number): TimeOfDay {
  const exactly = londonInstant(on, at) + minutes * 60_000;
  const instant = Math.ceil(exactly / fiveMinutes) * fiveMinutes;
  return { on: londonDay(instant), at: londonTime(instant) };
}

function minutesIn({ n, unit }: Due): number | null {
  return unit === 'hour' ? n * 60 : unit === 'minute' ? n : null;
}
