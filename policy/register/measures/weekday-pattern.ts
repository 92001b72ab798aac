import { z } from 'zod';
import { weekday } from '../../calendar/day.ts';
import { CodeSet, codesOf, codesSaid } from '../code-sets.ts';
import type { Mark } from '../mark.ts';
import { chanceOfAtLeast, oneIn } from './chance.ts';
import { counted, type OnWeekday, type Value } from './figure.ts';
import { enoughForPattern, marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';
import { totalsOf } from './totals.ts';

/** From "1 in so many" on a pattern is said to stand out. Of this many pupils without any habit, one shows as much. */
export const standsOutFrom = 20;

const howItIsTested =
  'A school day counts once, as absent if any session of it bears one of the codes, because one cause takes away both its sessions. Asked is how often as many of these absent days or more would fall so if absent days fell on any school day alike (hypergeometric distribution, exact). An illness of several days spreads over the week, so that real habits show less, not more.';

/** Each weekday against all others: the one that strikes most, of the five looked at. */
export const weekdayPattern = pattern({
  name: 'weekday-pattern',
  label: 'Absence by weekday',
  counts: `The weekday on which absence strikes most. ${howItIsTested} The chance is five times as large as for one weekday chosen beforehand, because five were looked at.`,
  groups: [[1], [2], [3], [4], [5]],
});

/** Mondays and Fridays together against the days between them. */
export const mondayFridayPattern = pattern({
  name: 'monday-friday-pattern',
  label: 'Absence on Mondays and Fridays',
  counts: `Absence next to the weekend. ${howItIsTested}`,
  groups: [[1, 5]],
});

type Pattern = { name: string; label: string; counts: string; groups: readonly number[][] };

function pattern({ name, label, counts, groups }: Pattern) {
  return measure({
    ...{ name, label, counts },
    unit: '1 in how many pupils without such a habit would show as much by chance',
    source: 'Fisher’s exact test, one-sided; Bonferroni for several comparisons',
    minimum: enoughForPattern,
    below: 'not said',
    params: z.strictObject({ codes: CodeSet.default('any absence'), over: Over.default('school year') }),
    said: ({ codes, over }) => `${codesSaid(codes)}, ${overSaid(over)}`,
    find(register, { codes, over }) {
      const { span, marks } = marksOver(register, over);
      const days = byWeekday(marks, codesOf(codes));
      return { span, value: strongest(days, groups), sessions: marks.map(counted) };
    },
  });
}

/** School days with a possible session, and those of them with an absence, from Monday to Friday. */
function byWeekday(marks: readonly Mark[], codes: ReadonlySet<string>): OnWeekday[] {
  const days = new Map<string, boolean>();
  for (const mark of marks)
    if (totalsOf([mark]).possible === 1) days.set(mark.on, days.get(mark.on) === true || codes.has(mark.code));
  const week = [1, 2, 3, 4, 5].map((of) => ({ weekday: of, absent: 0, of: 0 }));
  for (const [day, absent] of days) {
    const one = week[weekday(day) - 1];
    if (!one) continue;
    one.of++;
    if (absent) one.absent++;
  }
  return week;
}

/** The group of weekdays whose absences are least likely by chance. */
export function strongest(days: OnWeekday[], groups: readonly number[][]): Value & { is: 'pattern' } {
  const sum = (of: 'absent' | 'of', among: readonly OnWeekday[]) => among.reduce((total, day) => total + day[of], 0);
  const tested = groups.map((weekdays) => {
    const theirs = days.filter((day) => weekdays.includes(day.weekday));
    const urn = { all: sum('of', days), marked: sum('absent', days), drawn: sum('of', theirs) };
    return { weekdays, oneIn: oneIn(chanceOfAtLeast(sum('absent', theirs), urn), groups.length) };
  });
  const best = tested.reduce((a, b) => (b.oneIn > a.oneIn ? b : a));
  return { is: 'pattern', ...best, days, comparisons: groups.length };
}
