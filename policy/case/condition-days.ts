import { countOn } from '../calendar/count-on.ts';
import { addDays, type Day } from '../calendar/day.ts';
import { nextDayOf } from '../calendar/day-names.ts';
import { addSchoolDays, nextSchoolDay } from '../calendar/school-calendar.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import { isLower } from '../register/fraction.ts';
import { remembered } from '../remembered.ts';
import type { Circumstances } from './circumstances.ts';
import { daysWithMarks, lastSent, lettersThatCount, risenIn } from './condition.ts';
import { attendanceOn } from './figures.ts';
import type { CaseState } from './state.ts';

/**
 * The days on which a condition may become so although nothing but time has passed. What the register has to say for it comes
 * with the register.
 */
export function daysOf(when: Condition, state: CaseState, c: Circumstances): readonly Day[] {
  const asked = withDays(when);
  if (asked.length === 0) return none;
  return asked.flatMap((one) => [
    ...caseDays(one, state, c),
    ...calendarDays(one, c),
    ...ageingDays(one, c),
    ...fallingDays(one, state, c),
  ]);
}

const none: readonly Day[] = [];

/** Most conditions have none: they speak of the register alone. */
const withDays = remembered((when: Condition) =>
  conditionsIn(when).filter(
    (one) =>
      one['letter sent'] ||
      one['in stage'] ||
      one.today ||
      one.attendance?.['held for'] ||
      one.attendance?.['risen in'] ||
      ages(one),
  ),
);

const ages = ({ figure }: Condition): boolean => figure?.of.measure === 'unexplained-age';

function caseDays({ 'letter sent': letter, 'in stage': stage }: Condition, state: CaseState, c: Circumstances): Day[] {
  const { calendar } = c;
  const sent = letter && lastSent(lettersThatCount(state, c), letter.template);
  return [
    ...(letter && sent ? [countOn(calendar, sent.on, letter['at least'])] : []),
    ...(stage ? [countOn(calendar, state.stageSince, stage)] : []),
  ];
}

function calendarDays({ today }: Condition, { calendar, on }: Circumstances): Day[] {
  if (!today) return [];
  const named = today.is === undefined ? null : nextDayOf(calendar, on, today.is);
  const part = today.from === undefined ? [] : [nextDate(on, today.from)];
  return [...(named === null ? [] : [named]), ...part];
}

/** The next time that a day of the year comes. 29 February is 1 March where there is none. */
function nextDate(after: Day, monthAndDay: string): Day {
  const year = Number(after.slice(0, 4));
  const [month = '', day = ''] = monthAndDay.split('-');
  const inYear = (y: number) => addDays(`${y}-${month}-01`, Number(day) - 1);
  return inYear(year) > after ? inYear(year) : inYear(year + 1);
}

/** What grows older by itself: an absence that nobody explains, and a figure that has to hold for a time. */
function ageingDays(one: Condition, { calendar, marks, on }: Circumstances): Day[] {
  const grows = ages(one) && marks.some(({ code }) => code === 'N');
  return grows || one.attendance?.['held for'] ? [nextSchoolDay(calendar, on)] : [];
}

/**
 * The first day on which attendance that has risen may turn out to have not, though nothing more is missed: it is compared with a
 * day then on which it stood as high. Of what is missed the case is told.
 */
function fallingDays({ attendance: asked }: Condition, { attendance }: CaseState, c: Circumstances): Day[] {
  const n = asked?.['risen in'];
  if (n === undefined || !risenIn(n, attendance, c)) return [];
  const known = daysWithMarks(c);
  const at = known.slice(-n).findIndex((day) => !isLower(attendanceOn(c, day), attendance));
  const day = addSchoolDays(c.calendar, known.at(-1) ?? c.on, at + 1);
  return [day > c.on ? day : nextSchoolDay(c.calendar, c.on)];
}
