import { addDays, type Day, weekday } from '../calendar/day.ts';
import {
  CalendarEnds,
  isSchoolDay,
  type SchoolCalendar,
  schoolDaysBetween,
  schoolWeeks,
  schoolYearStart,
} from '../calendar/school-calendar.ts';
import { withElsewhere } from '../register/absence-elsewhere.ts';
import type { Fraction } from '../register/fraction.ts';
import type { Span } from '../register/mark.ts';
import { missingSessions } from '../register/measures/missing-marks.ts';
import { penaltyNoticeWindow } from '../register/measures/penalty-notice-window.ts';
import { totalsIn } from '../register/measures/totals.ts';
import type { ReferralCircumstances } from './circumstances.ts';

/** Attendance within a span of days, both included. */
export function attendanceIn({ marks }: ReferralCircumstances, span: Span): Fraction {
  const { attended, possible } = totalsIn(marks, span);
  return { attended, possible };
}

/** This school year up to today, from the day the pupil joined if that is later. */
export function yearOf({ on, pupil }: ReferralCircumstances): Span {
  const start = schoolYearStart(on);
  return { from: pupil.onRollFrom > start ? pupil.onRollFrom : start, to: on };
}

/** Sessions of a span that have no mark yet, none from after the day the pupil left. */
export const missingIn = ({ marks, calendar, pupil: { onRollTo } }: ReferralCircumstances, { from, to }: Span): string[] =>
  missingSessions(marks, calendar, { from, to: onRollTo !== null && onRollTo < to ? onRollTo : to });

/** The national threshold today, without sessions that an earlier notice already relied on: none is punished twice. */
export function thresholdFor(
  { marks, elsewhere, calendar, on, pupil }: ReferralCircumstances,
  usedSessions: readonly string[] = [],
) {
  const used = new Set(usedSessions);
  return penaltyNoticeWindow(
    withElsewhere(marks, elsewhere).filter((mark) => !used.has(`${mark.on} ${mark.session}`)),
    calendar,
    on,
    pupil.born,
  );
}

/**
 * The last school day of so many school weeks that begin on a day. Begun on a Wednesday they end before a Wednesday.
 * Holiday weeks are skipped, and no period is longer than five school days a week.
 * @throws CalendarEnds if the school's terms end before it.
 */
export function lastOfSchoolWeeks(cal: SchoolCalendar, from: Day, weeks: number): Day {
  const next = schoolWeeks(cal, from, addDays(from, 7 * weeks + 120))[weeks];
  if (!next) throw new CalendarEnds('The school calendar ends before these school weeks do. Add the next terms to the calendar');
  const until = schoolDaysBetween(cal, from, addDays(next, weekday(from) - 2)).at(-1);
  if (!until || !isSchoolDay(cal, from)) throw new Error(`School weeks begin on a school day, not on ${from}`);
  return until;
}
