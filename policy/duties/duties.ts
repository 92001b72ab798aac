import { addDays, type Day, mondayOf } from '../calendar/day.ts';
import type { Period } from '../calendar/period.ts';
import { type SchoolCalendar, schoolDaysBetween, schoolWeeks, schoolYearStart } from '../calendar/school-calendar.ts';
import type { Pack } from '../pack/pack.ts';
import type { Role } from '../people/roles.ts';

type Cadence = Pack['reviews'][number]['every'];

/**
 * Something that a policy asks of people again and again, whatever cases there are: a review, or to see to a reward. `name` tells it
 * from the others of its policy, and stays while its words do.
 */
export type Duty = {
  name: string;
  kind: 'review' | 'reward';
  every: Cadence;
  says: string;
  /** Who does it, by the policy's name and as a role; a policy that rewards leaves open who sees to it. */
  by: { person: string; role: Role } | null;
  readers: readonly string[];
  source: string;
};

/** What a policy asks for again and again. A reward of which it does not say how often is looked for each half-term. */
export const dutiesOf = ({ reviews, rewards, people }: Pick<Pack, 'reviews' | 'rewards' | 'people'>): Duty[] => [
  ...reviews.map(({ every, says, by, for: readers = [], source }): Duty => {
    const role = people[by]?.role;
    return { name: `${every}: ${says}`, kind: 'review', every, says, by: role ? { person: by, role } : null, readers, source };
  }),
  ...rewards.map(
    ({ every = 'half-term', when, says, source }): Duty => ({
      ...{ name: `reward: ${when}`, kind: 'reward', every, by: null, readers: [], source },
      says: `${when}: ${says}`,
    }),
  ),
];

/**
 * The days of a term by which something is due that is to be done so often: each school day; the last school day of each week, or
 * of each second week; the last before the half-term holiday and of the term; of the term; of the school year, if it ends with
 * this term.
 */
export function dueDays(every: Cadence, calendar: SchoolCalendar, term: Period): Day[] {
  const days = schoolDaysBetween(calendar, term.from, term.to);
  const last = days.at(-1);
  if (last === undefined) return [];
  const endOf = (from: Day, to: Day): Day[] => schoolDaysBetween(calendar, from, to).slice(-1);
  const weeks = () => schoolWeeks(calendar, term.from, term.to).map((monday) => ({ monday, to: addDays(monday, 6) }));
  switch (every) {
    case 'day':
      return days;
    case 'week':
      return weeks().flatMap(({ monday, to }) => endOf(max(monday, term.from), min(to, term.to)));
    case 'fortnight':
      return weeks()
        .filter((_, i) => i % 2 === 1)
        .flatMap(({ monday, to }) => endOf(max(monday, term.from), min(to, term.to)));
    case 'half-term': {
      const holiday = calendar.halfTerms.find(({ from }) => term.from < from && from < term.to);
      return [...(holiday ? endOf(term.from, addDays(holiday.from, -1)) : []), last];
    }
    case 'term':
      return [last];
    case 'year':
      return calendar.terms.some(({ from }) => from > term.to && schoolYearStart(from) === schoolYearStart(term.to))
        ? []
        : [last];
  }
}

const max = (a: Day, b: Day): Day => (a > b ? a : b);
const min = (a: Day, b: Day): Day => (a < b ? a : b);

/** One time that a duty is due, and whether that was done. */
export type Entry = { duty: Duty; due: Day; done: boolean };

/** What of a term is to be done now, comes next, and was done. */
export type TermOfDuties = { now: Entry[]; next: Entry[]; done: Entry[] };

/**
 * The duties of a term as they stand on a day. Each is to be done from the day after it was due before; what is due each day is
 * asked of that day alone, and what was left undone before it is asked of once, as it was due last; but what was ticked off by
 * mistake (`isAgain`) is asked of until it is done, though it has been due since.
 */
export function termOfDuties(
  duties: readonly Duty[],
  { calendar, term, on }: { calendar: SchoolCalendar; term: Period; on: Day },
  isDone: (duty: Duty, due: Day) => boolean,
  isAgain: (duty: Duty, due: Day) => boolean = () => false,
): TermOfDuties {
  const found: TermOfDuties = { now: [], next: [], done: [] };
  for (const duty of duties) {
    const entries = dueDays(duty.every, calendar, term).map((due) => ({ duty, due, done: isDone(duty, due) }));
    found.done.push(...entries.filter(({ done }) => done));
    const past = entries.filter(({ due }) => due <= on);
    const late = past.filter((one) => !one.done && (one === past.at(-1) || isAgain(duty, one.due)));
    const upcoming = entries.find(({ due, done }) => due > on && !done);
    found.now.push(...late.filter(({ due }) => duty.every !== 'day' || due === on));
    const near = duty.every !== 'day' && upcoming !== undefined && isNear(upcoming.due, on);
    if (upcoming) (near && !found.now.some((one) => one.duty === duty) ? found.now : found.next).push(upcoming);
  }
  const byDue = (a: Entry, b: Entry) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0);
  return { now: found.now.sort(byDue), next: found.next.sort(byDue), done: found.done.sort(byDue).reverse() };
}

/** In the week of its day something can be done already. */
const isNear = (due: Day, on: Day): boolean => mondayOf(due) === mondayOf(on);
