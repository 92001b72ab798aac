import { addWorkingDays } from '../calendar/bank-holidays.ts';
import { countOn, type Duration } from '../calendar/count-on.ts';
import type { Day } from '../calendar/day.ts';
import { dayIs, inPartOfYear } from '../calendar/day-names.ts';
import { schoolDaysBetween } from '../calendar/school-calendar.ts';
import { compulsorySchoolAge } from '../law/school-age.ts';
import { inBand } from '../pack/band.ts';
import type { Condition } from '../pack/condition.ts';
import { type Fraction, isAtLeast, isAtMost, isBelow, isLower } from '../register/fraction.ts';
import type { Circumstances } from './circumstances.ts';
import { figureHolds } from './figure-condition.ts';
import { attendanceOn, attendanceOver, missingSince, newestMarkedDay, yearFrom } from './figures.ts';
import { standingOf } from './letter-standing.ts';
import type { CaseLetter, CaseState } from './state.ts';

type Known = Pick<CaseState, 'attendance' | 'stageFrom' | 'stageSince' | 'letters' | 'target' | 'referral'> &
  Partial<Pick<CaseState, 'waited' | 'met' | 'lastCall' | 'offers'>>;

/** True if all that the condition names is so. A percentage of too few sessions is never "so": it says little. */
export function holds(when: Condition, state: Known, c: Circumstances): boolean {
  const { all = [], any, not } = when;
  return (
    (!when.attendance || attendanceHolds(when.attendance, state, c)) &&
    (!when.pupil || pupilHolds(when.pupil, c)) &&
    (!when.today || todayHolds(when.today, c)) &&
    caseHolds(when, state, c) &&
    (when.marks === undefined || (missingSince(c).length === 0) === (when.marks === 'complete')) &&
    all.every((one) => holds(one, state, c)) &&
    (!any || any.some((one) => holds(one, state, c))) &&
    (!not || !holds(not, state, c)) &&
    // Counting takes longest: it comes last.
    (!when.figure || figureHolds(when.figure, c))
  );
}

/** What the case itself remembers: its letters, its stage, what people said of its steps. */
function caseHolds(when: Condition, state: Known, c: Circumstances): boolean {
  const letter = when['letter sent'];
  const sent = letter && lastSent(lettersThatCount(state, c), letter.template);
  return (
    (!letter || (sent !== undefined && isPast(c, sent.on, letter['at least']))) &&
    (!when['in stage'] || isPast(c, state.stageSince, when['in stage'])) &&
    (!when.waited || state.waited === true || state.target !== null) &&
    (!when.target || state.target === when.target) &&
    (!when.meeting || state.met === when.meeting) &&
    (!when.call || state.lastCall === when.call) &&
    (!when.referral || state.referral?.status === when.referral) &&
    (!when['support offered'] || supportHolds(when['support offered'], state))
  );
}

const isPast = ({ calendar, on }: Circumstances, from: Day, time: Duration): boolean => on >= countOn(calendar, from, time);

type AttendanceAsked = NonNullable<Condition['attendance']>;

function attendanceHolds(asked: AttendanceAsked, state: Known, c: Circumstances): boolean {
  const time = asked['held for'];
  if (!time) return comparisonHolds(asked, asked.over ? attendanceOver(c, asked.over) : state.attendance, state, c);
  const days = schoolDaysBetween(c.calendar, c.onRollFrom, c.on).filter(
    (day) => day === c.on || countOn(c.calendar, day, time) > c.on,
  );
  return (
    countOn(c.calendar, c.onRollFrom, time) <= c.on &&
    days.every((on) =>
      comparisonHolds(asked, asked.over ? attendanceOver({ ...c, on }, asked.over) : attendanceOn(c, on), state, c),
    )
  );
}

function comparisonHolds(asked: AttendanceAsked, attendance: Fraction, { stageFrom }: Known, c: Circumstances): boolean {
  const { pack, assumed } = c;
  if (attendance.possible < pack.figures['at least']) return false;
  const { below, above, 'at most': atMost, 'at least': least, 'risen by': risen, 'fallen by': fallen, 'in band': band } = asked;
  return (
    (below === undefined || isBelow(attendance, below)) &&
    (above === undefined || !isAtMost(attendance, above)) &&
    (atMost === undefined || isAtMost(attendance, atMost)) &&
    (least === undefined || isAtLeast(attendance, least)) &&
    (band === undefined || inBand(pack.bands?.[band], attendance)) &&
    (risen === undefined || (assumed ? assumed.moved === 'risen' : movedBy(stageFrom, attendance, risen))) &&
    (fallen === undefined || (assumed ? assumed.moved === 'fallen' : movedBy(attendance, stageFrom, fallen))) &&
    (asked['risen in'] === undefined || (assumed ? assumed.moved === 'risen' : risenIn(asked['risen in'], attendance, c)))
  );
}

/** True if attendance is higher than so many school days before. */
export function risenIn(n: number, attendance: Fraction, c: Circumstances): boolean {
  const before = daysWithMarks(c).at(-1 - n);
  return before !== undefined && isLower(attendanceOn(c, before), attendance);
}

/** The school days of the year up to the newest one that has marks: until today's are in, today is none of them. */
export const daysWithMarks = (c: Circumstances): Day[] => schoolDaysBetween(c.calendar, yearFrom(c), newestMarkedDay(c));

/**
 * True if attendance is at least so many hundredths of a percent higher in `to` than in `from`. Integers only. Of no sessions
 * nothing has risen or fallen, as in a stage that a case entered on the first day of a school year.
 */
function movedBy(from: Fraction, to: Fraction, hundredths: number): boolean {
  if (from.possible === 0 || to.possible === 0) return false;
  const difference = to.attended * from.possible - from.attended * to.possible;
  return difference * 10_000 >= hundredths * from.possible * to.possible;
}

function pupilHolds(asked: NonNullable<Condition['pupil']>, c: Circumstances): boolean {
  const { 'is any of': any, 'is none of': none, 'compulsory school age': ofAge, 'year groups': years } = asked;
  return (
    (!any || any.some((flag) => c.flags.includes(flag))) &&
    !none?.some((flag) => c.flags.includes(flag)) &&
    (ofAge === undefined || (c.born !== undefined && compulsorySchoolAge(c.born, c.on) === ofAge)) &&
    (!years || (c.yearGroup !== undefined && years.includes(c.yearGroup)))
  );
}

const todayHolds = ({ is, from, to }: NonNullable<Condition['today']>, { on, calendar }: Circumstances): boolean =>
  (is === undefined || dayIs(calendar, on, is)) && (from === undefined || to === undefined || inPartOfYear(on, from, to));

const supportHolds = (
  { 'at least': least, accepted }: NonNullable<Condition['support offered']>,
  { offers = [] }: Known,
): boolean => offers.filter(({ response }) => accepted === undefined || (response !== 'declined') === accepted).length >= least;

/** The newest letter of a template that reached its way out of the building. */
export function lastSent(letters: readonly CaseLetter[], template: string): CaseLetter | undefined {
  return letters.filter((letter) => letter.template === template && isOut(letter)).sort((a, b) => (a.on < b.on ? 1 : -1))[0];
}

/** The letters on which the ladder goes on: the case's own, and those of earlier ones that stand as if it had sent them. */
export function lettersThatCount(
  { letters }: Pick<CaseState, 'letters'>,
  { earlierLetters = [] }: Pick<Circumstances, 'earlierLetters'>,
): CaseLetter[] {
  const own = Object.values(letters);
  return earlierLetters.length === 0 ? own : [...own, ...earlierLetters.filter(({ stands }) => stands)];
}

/** True once a letter has been sent or posted. */
export const isOut = ({ outcome }: CaseLetter): boolean => standingOf[outcome] === 'out';

/** When a letter that left on a day is taken to have been received: the second working day after (Interpretation Act 1978 s7). */
export const receivedOn = (sentOn: string): string => addWorkingDays(sentOn, 2);
