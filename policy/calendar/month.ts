import { isBankHoliday } from './bank-holidays.ts';
import { addDays, type Day, mondayOf, weekday } from './day.ts';
import { coversWords, type Period } from './period.ts';

/** What a day is to a school: in words, and of which sort. `partly` names whom a closure of a part keeps away. */
export type DayKind = 'school' | 'half-term' | 'inset' | 'closure' | 'bank-holiday' | 'holiday' | 'weekend';
export type DaySeen = { day: Day; kind: DayKind; label: string; partly: string[] };

/** What a day is by the calendar's periods. A closure says more than the half-term that it falls in. */
export function dayIn(periods: readonly Period[], day: Day): DaySeen {
  const on = periods.filter(({ from, to }) => from <= day && day <= to);
  const partly = on.flatMap((one) => (one.covers ? [`${one.label}: closed to ${coversWords(one)}`] : []));
  const whole = (kind: Period['kind']) => on.find((one) => one.kind === kind && one.covers === undefined);
  if (weekday(day) > 5) return { day, kind: 'weekend', label: 'Weekend', partly: [] };
  if (isBankHoliday(day)) return { day, kind: 'bank-holiday', label: 'Bank holiday', partly: [] };
  if (!whole('term'))
    return { day, kind: whole('inset') ? 'inset' : 'holiday', label: whole('inset')?.label ?? 'No term', partly: [] };
  for (const kind of ['closure', 'inset', 'half-term'] as const) {
    const found = whole(kind);
    if (found) return { day, kind, label: found.label, partly: [] };
  }
  return { day, kind: 'school', label: 'School day', partly };
}

/** The weeks of a month, each from Monday to Friday; a day of another month is null. `month` is "2026-10". */
export function weeksOf(periods: readonly Period[], month: string): (DaySeen | null)[][] {
  const weeks: (DaySeen | null)[][] = [];
  for (let monday = mondayOf(`${month}-01`); monday.slice(0, 7) <= month; monday = addDays(monday, 7)) {
    const days = [0, 1, 2, 3, 4].map((n) => addDays(monday, n));
    const week = days.map((day) => (day.startsWith(month) ? dayIn(periods, day) : null));
    if (week.some((day) => day !== null)) weeks.push(week);
  }
  return weeks;
}

/** The month so many months on: "2026-12" and 1 give "2027-01". */
export function monthAfter(month: string, n: number): string {
  const [year = 0, of = 1] = month.split('-').map(Number);
  const months = year * 12 + of - 1 + n;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}
