import { z } from 'zod';
import { mondayOf } from '../../calendar/day.ts';
import { schoolWeeks } from '../../calendar/school-calendar.ts';
import type { Mark } from '../mark.ts';
import { counted, type Value } from './figure.ts';
import { enoughForPattern, marksOver, measure } from './measure.ts';
import { Over, overSaid } from './over.ts';
import { studentT } from './student-t.ts';
import { totalsOf } from './totals.ts';

/** A school week: its place among the weeks looked at, and its sessions. */
export type Week = { place: number; attended: number; possible: number };

/**
 * The straight line through attendance by school week, each week weighing as much as it had possible sessions (weighted least
 * squares), and the 95% interval of its slope (Student's t). Sums are whole numbers up to the one division. Null for fewer
 * than three weeks: no line through two points can be wrong.
 */
export function slopeOf(weeks: readonly Week[]): (Value & { is: 'trend' }) | null {
  const sum = (of: (week: Week) => number) => weeks.reduce((total, week) => total + of(week), 0);
  const w = sum(({ possible }) => possible);
  const wx = sum(({ place, possible }) => place * possible);
  const wxx = sum(({ place, possible }) => place * place * possible);
  const wy = sum(({ attended }) => attended);
  const wxy = sum(({ place, attended }) => place * attended);
  const spread = w * wxx - wx * wx;
  if (weeks.length < 3 || spread === 0) return null;
  const slope = (w * wxy - wx * wy) / spread;
  const start = (wy - slope * wx) / w;
  const off = sum(({ place, attended, possible }) => possible * (attended / possible - start - slope * place) ** 2);
  const half = studentT(weeks.length - 2) * Math.sqrt((off / (weeks.length - 2) / spread) * w);
  const [low, high] = [slope - half, slope + half];
  return {
    ...{ is: 'trend', weeks: weeks.length, perWeek: hundredths(slope) },
    ...{ low: Math.floor(low * 10_000), high: Math.ceil(high * 10_000), going: low > 0 ? 'up' : high < 0 ? 'down' : null },
  };
}
const hundredths = (share: number): number => Math.round(share * 10_000);

/** How attendance moves from school week to school week, and whether that is more than weeks vary anyway. */
export const trend = measure({
  name: 'trend',
  label: 'Trend of attendance',
  unit: 'percentage points a school week, with the 95% interval',
  counts:
    'The slope of a straight line through the attendance of each school week, weighted by its possible sessions. It is called rising or falling only if the whole 95% interval is on one side of none. Weeks that follow each other are taken as independent, which an illness over a weekend is not: read the interval as the least uncertainty there is.',
  source: 'Weighted least squares; Student’s t',
  minimum: enoughForPattern,
  below: 'not said',
  params: z.strictObject({ over: Over.default('school year') }),
  said: ({ over }) => overSaid(over),
  find(register, { over }) {
    const { span, marks } = marksOver(register, over);
    const value = slopeOf(weeksOf(marks, schoolWeeks(register.calendar, span.from, span.to)));
    return {
      span,
      value,
      sessions: marks.map(counted),
      note: value ? null : 'Fewer than three school weeks had possible sessions',
    };
  },
});

/** Attendance of each school week in which the pupil had a possible session. */
function weeksOf(marks: readonly Mark[], mondays: readonly string[]): Week[] {
  const byWeek = new Map<string, Mark[]>(mondays.map((monday) => [monday, []]));
  for (const mark of marks) byWeek.get(mondayOf(mark.on))?.push(mark);
  return mondays.flatMap((monday, place) => {
    const { attended, possible } = totalsOf(byWeek.get(monday) ?? []);
    return possible > 0 ? [{ place, attended, possible }] : [];
  });
}
