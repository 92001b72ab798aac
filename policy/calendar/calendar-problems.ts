import { isBankHoliday } from './bank-holidays.ts';
import { addDays, type Day, isDay, shortDay, weekday } from './day.ts';
import { datesWords, kindNames, type Period, periodKey } from './period.ts';
import { schoolYearStart } from './school-calendar.ts';

/** What keeps a calendar from being taken: which period is at fault, and in one sentence why, and what to do. */
export type CalendarProblem = { of: Period; says: string };

/**
 * What is wrong with a calendar as a whole: dates that are none, terms that overlap or run over 1 September, what is taken out
 * of no term or twice, INSET on a day without lessons anyway, a closure of a part that keeps nobody away. Empty if it is right.
 */
export function calendarProblems(periods: readonly Period[]): CalendarProblem[] {
  const real = periods.filter(({ from, to }) => isDay(from) && isDay(to) && from <= to);
  const unreal = periods.filter((one) => !real.includes(one));
  const terms = real.filter(({ kind }) => kind === 'term');
  return [
    ...unreal.map((of) => problem(of, 'write real dates as year-month-day, the earlier one first')),
    ...real.flatMap((of, i) => [...alone(of), ...beside(of, real.slice(0, i)), ...inTerms(of, terms)]),
  ];
}

function alone(of: Period): CalendarProblem[] {
  const { kind, from, to, covers } = of;
  if (kind === 'term' && schoolYearStart(from) !== schoolYearStart(to)) {
    const year = schoolYearStart(to);
    return [
      problem(
        of,
        `it runs over ${shortDay(year)}, when the school year begins. Make two terms of it: to ${shortDay(addDays(year, -1))}, and from ${shortDay(year)}`,
      ),
    ];
  }
  if (to > addDays(from, 366)) return [problem(of, 'it is longer than a year: mend one of its dates')];
  const restful = kind === 'inset' ? [from, to].find((day) => weekday(day) > 5 || isBankHoliday(day)) : undefined;
  if (restful !== undefined) {
    const why = weekday(restful) > 5 ? 'at a weekend' : 'a bank holiday';
    return [problem(of, `${shortDay(restful)} is ${why}, so there are no lessons to take out: mend its dates, or leave it out`)];
  }
  if (covers && kind !== 'closure') return [problem(of, 'only a closure can be for a part of the school: leave that out')];
  if (covers && covers.yearGroups.length + covers.classes.length === 0)
    return [problem(of, 'say which year groups or classes it keeps away, or close the whole school')];
  return [];
}

/** True of a period that has no day but of weekends and bank holidays: nobody has school then anyway. */
export function isAllRest({ from, to }: Pick<Period, 'from' | 'to'>): boolean {
  for (let day = from; day <= to; day = addDays(day, 1)) if (weekday(day) <= 5 && !isBankHoliday(day)) return false;
  return true;
}

/** Terms, half-terms and INSET days each stand once. Closures may overlap: the boiler fails while a wing is shut. */
function beside(of: Period, earlier: readonly Period[]): CalendarProblem[] {
  const same = earlier.find((one) => periodKey(one) === periodKey(of));
  if (same) return [problem(of, 'it stands there twice: keep one of the two')];
  if (of.kind === 'closure') return [];
  const other = earlier.find(({ kind, from, to }) => kind === of.kind && from <= of.to && of.from <= to);
  return other ? [problem(of, `it overlaps ${named(other)}: mend the dates of one of the two`)] : [];
}

/** A half-term or a closure outside every term takes nothing out. INSET before a term begins is common, and harmless. */
function inTerms(of: Period, terms: readonly Period[]): CalendarProblem[] {
  if (of.kind !== 'half-term' && of.kind !== 'closure') return [];
  const within = (span: { from: Day; to: Day }) => span.from <= of.from && of.to <= span.to;
  if (terms.some(within)) return [];
  const across = terms.find(({ from, to }) => from <= of.to && of.from <= to);
  const why = across ? `it lies partly outside ${named(across)}` : 'it lies in no term';
  return [problem(of, `${why}: mend its dates, or those of the term`)];
}

const named = ({ kind, label, ...dates }: Period): string => `the ${kindNames[kind]} "${label}" ${datesWords(dates)}`;

const problem = (of: Period, why: string): CalendarProblem => ({
  of,
  says: `The ${kindNames[of.kind]} "${of.label}" ${datesIn(of)}: ${why}`,
});

const datesIn = ({ from, to }: Period): string => (isDay(from) && isDay(to) ? datesWords({ from, to }) : `from ${from} to ${to}`);
