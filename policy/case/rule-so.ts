import { countOn } from '../calendar/count-on.ts';
import type { Day } from '../calendar/day.ts';
import { nextSchoolDay, type SchoolCalendar } from '../calendar/school-calendar.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import type { Rule } from '../pack/stage.ts';
import type { Over } from '../register/measures/over.ts';
import { remembered } from '../remembered.ts';
import type { Circumstances } from './circumstances.ts';
import { holds } from './condition.ts';
import { attendanceOn, newestMarkedDay } from './figures.ts';

type Known = Parameters<typeof holds>[1];

/** Whether a rule beside the ladder is so. */
export const isSo = (rule: Rule, known: Known, c: Circumstances): boolean => wasSo(rule, daySpokenOf(rule, c), known, c);

/** Whether it is so of a day, by what the register says of that day now. */
export function wasSo({ when }: Rule, on: Day, known: Known, c: Circumstances): boolean {
  if (on === c.on) return holds(when, known, c);
  const then = { ...c, on };
  return holds(when, { ...known, attendance: attendanceOn(then, on) }, then);
}

/**
 * The day of which a rule speaks today. One that asks of the last school days means those that have marks: where these come
 * overnight or the next morning, the register has nothing to say of today yet.
 */
export const daySpokenOf = (rule: Rule, c: Pick<Circumstances, 'marks' | 'on'>): Day =>
  asksOfLastDays(rule) ? newestMarkedDay(c) : c.on;

/** True of a rule that asks of the last so many school days. */
export const asksOfLastDays = remembered(({ when }: Rule): boolean => oversOf(when).some((over) => schoolDaysIn(over) !== null));

/** True of what is so on one day only, whatever comes after: "absent on the last school day", "the first day of a half-term". */
export const speaksOfADay = remembered(
  ({ when }: Rule): boolean =>
    conditionsIn(when).some(({ today }) => today?.is !== undefined) || oversOf(when).some((over) => schoolDaysIn(over) === 1),
);

const oversOf = (when: Condition): unknown[] =>
  conditionsIn(when).flatMap(({ figure, attendance }) => [figure && 'over' in figure.of && figure.of.over, attendance?.over]);

const schoolDaysIn = (over: unknown): number | null =>
  typeof over === 'object' && over !== null && 'schoolDays' in over
    ? (over as Extract<Over, { schoolDays: number }>).schoolDays
    : null;

/**
 * When a rule that was acted on for a day is acted on again, if it is still so; null if never. A later day, however short a time its
 * policy gives: whoever has done it is done with it for that day.
 */
export function againOn({ again }: Rule, last: Day, calendar: SchoolCalendar): Day | null {
  if (again === undefined) return null;
  const on = countOn(calendar, last, again);
  return on > last ? on : nextSchoolDay(calendar, last);
}

/** Whether that day has come. */
export function isDueAgain(rule: Rule, last: Day, c: Pick<Circumstances, 'marks' | 'on' | 'calendar'>): boolean {
  const on = againOn(rule, last, c.calendar);
  return on !== null && daySpokenOf(rule, c) >= on;
}
