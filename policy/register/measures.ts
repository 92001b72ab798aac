import { addDays, type Day, mondayOf } from '../calendar/day.ts';
import {
  addSchoolDays,
  CalendarEnds,
  lastSchoolWeeks,
  type SchoolCalendar,
  schoolDaysBetween,
  schoolYearStart,
} from '../calendar/school-calendar.ts';
import { ruleSetOn } from '../law/rule-sets.ts';
import { type CodeClass, classOf, isMissing, penaltyNoticeCodes } from './codes.ts';
import type { Fraction } from './fraction.ts';
import { type Mark, sessionId } from './mark.ts';

/** A span of days, both ends included. */
export type Span = { from: Day; to: Day };

/** Counts of sessions in a span. `possible` = attended + authorised + unauthorised (statutory definition, DfE methodology). */
export type Totals = Fraction & { authorised: number; unauthorised: number; lateL: number; lateU: number; missing: number };

const possibleClasses: ReadonlySet<CodeClass | null> = new Set(['present', 'aea', 'authorised', 'unauthorised'] as const);

const within = (marks: readonly Mark[], { from, to }: Span): Mark[] => marks.filter(({ on }) => from <= on && on <= to);

/** Sessions counted by class in a span of days. Sessions not possible, administrative codes and missing marks count as nothing. */
export function yearToDate(marks: readonly Mark[], span: Span): Totals {
  const totals = { attended: 0, possible: 0, authorised: 0, unauthorised: 0, lateL: 0, lateU: 0, missing: 0 };
  for (const { code } of within(marks, span)) {
    const of = classOf(code);
    if (of === null) totals.missing++;
    if (possibleClasses.has(of)) totals.possible++;
    if (of === 'present' || of === 'aea') totals.attended++;
    if (of === 'authorised') totals.authorised++;
    if (of === 'unauthorised') totals.unauthorised++;
    if (code === 'L') totals.lateL++;
    if (code === 'U') totals.lateU++;
  }
  return totals;
}

/** Days missed as families count them: half a day a session. */
export const daysMissed = ({ attended, possible }: Fraction): number => (possible - attended) / 2;

/** Sessions of school days in a span that have no mark, or a blank one. */
export function missingSessions(marks: readonly Mark[], cal: SchoolCalendar, span: Span): string[] {
  const made = new Set(within(marks, span).flatMap((mark) => (isMissing(mark.code) ? [] : [sessionId(mark)])));
  return schoolDaysBetween(cal, span.from, span.to)
    .flatMap((on) => [sessionId({ on, session: 'AM' }), sessionId({ on, session: 'PM' })])
    .filter((id) => !made.has(id));
}

/** The sessions in a span that bear one of these codes, as ids. */
export const sessionsOf = (codes: ReadonlySet<string>, marks: readonly Mark[], span: Span): string[] =>
  within(marks, span).flatMap((mark) => (codes.has(mark.code) ? [sessionId(mark)] : []));

/**
 * The longest run of school days on which every mark made was one of these codes, with its sessions; the newest of equals.
 * A day without a mark, with a blank one or with any other code ends a run; holidays and weekends do not.
 */
export function longestRun(
  codes: ReadonlySet<string>,
  marks: readonly Mark[],
  cal: SchoolCalendar,
  span: Span,
): { days: number; sessions: string[] } {
  const byDay = new Map<Day, Mark[]>();
  for (const mark of within(marks, span)) byDay.set(mark.on, [...(byDay.get(mark.on) ?? []), mark]);
  let longest: Mark[][] = [];
  let run: Mark[][] = [];
  for (const day of schoolDaysBetween(cal, span.from, span.to)) {
    const made = byDay.get(day);
    run = made?.every(({ code }) => codes.has(code)) ? [...run, made] : [];
    if (run.length > 0 && run.length >= longest.length) longest = run;
  }
  return { days: longest.length, sessions: longest.flat().map(sessionId).sort() };
}

/**
 * The national threshold for considering a penalty notice: so many sessions of G, N, O or U (10 in the rules of 2024) in a
 * rolling period of so many school weeks (10), which may span holidays and school years. The window is the school week of
 * the newest such session up to `endDay` and the nine school weeks before it: our reading, as no source defines the anchor.
 * Marks may come in any order; the sessions are named oldest first. Nothing is met on a day that had no such threshold.
 */
export function penaltyNoticeWindow(
  marks: readonly Mark[],
  cal: SchoolCalendar,
  endDay: Day,
): { weeks: Day[]; sessions: string[]; met: boolean } {
  const rule = ruleSetOn(endDay).threshold.value;
  const counted = marks.filter(({ on, code }) => on <= endDay && penaltyNoticeCodes.has(code));
  const newest = counted.reduce<Day>((latest, { on }) => (on > latest ? on : latest), '');
  if (!rule || !newest) return { weeks: [], sessions: [], met: false };
  const weeks = lastSchoolWeeks(cal, addDays(mondayOf(newest), 6), rule.schoolWeeks);
  const from = weeks[0] ?? mondayOf(newest);
  const sessions = sessionsOf(penaltyNoticeCodes, marks, { from, to: newest }).sort();
  return { weeks, sessions, met: sessions.length >= rule.sessions };
}

/**
 * The last day to find the reason of an absence on this day: five school days after it (SI 2024/208 reg 10(7)). School days,
 * where guidance also says working days: the regulation decides. From the day after it an N has to be an O.
 * @throws CalendarEnds if the school's terms end before such a day.
 */
export const reasonDueOn = (cal: SchoolCalendar, on: Day): Day => addSchoolDays(cal, on, ruleSetOn(on).reasonFoundIn.value);

/** The first day whose absences are still looked at: what was an N before the summer is due after it. */
export const unexplainedFrom = (today: Day): Day => schoolYearStart(addDays(today, -100));

/** Whether that day is past. While the school's terms do not reach so far, it is not. */
export function reasonOverdue(cal: SchoolCalendar, on: Day, today: Day): boolean {
  try {
    return reasonDueOn(cal, on) < today;
  } catch (error) {
    if (error instanceof CalendarEnds) return false;
    throw error;
  }
}

/**
 * N marks whose reason is still not known, each with the last day to find it.
 * @throws CalendarEnds if the school's terms end before such a day.
 */
export const openN = (marks: readonly Mark[], cal: SchoolCalendar, today: Day): { sessionId: string; dueOn: Day }[] =>
  marks.flatMap((mark) =>
    mark.code === 'N' && mark.on <= today ? [{ sessionId: sessionId(mark), dueOn: reasonDueOn(cal, mark.on) }] : [],
  );
