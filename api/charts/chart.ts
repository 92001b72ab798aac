import { shortDay } from '../../policy/calendar/day.ts';
import type { Fraction } from '../../policy/register/fraction.ts';
import { shown } from '../../policy/register/fraction.ts';
import { printed, type Sheet } from '../web/sheet.ts';
import type { Point, Step } from './attendance-line.ts';

/** A chart as `charts/chart.njk` shows it: where its picture is, what it shows in words, and the same as a table. */
export type Chart = { src: string; more: string; alt: string; caption: string; sheet: ReturnType<typeof printed> | null };

/** The attendance line as a table, the newest first. */
export const lineSheet = (name: string, caption: string, points: readonly Point[]): Sheet => ({
  ...{ name, caption },
  heads: ['Up to', 'Sessions attended', 'Sessions possible', 'Attendance'],
  rows: points.map(({ on, attended, possible }) => [on, attended, possible, shown({ attended, possible })]).reverse(),
});

/** The attendance line in words: from where to where, and the lowest. */
export function lineInWords(points: readonly Point[]): string {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last) return '';
  const lowest = points.reduce((low, point) => (rate(point) < rate(low) ? point : low), first);
  return `From ${shown(first)} on ${shortDay(first.on)} to ${shown(last)} on ${shortDay(last.on)}; lowest ${shown(lowest)} on ${shortDay(lowest.on)}`;
}

const rate = ({ attended, possible }: Fraction) => attended / possible;

/** "1 Letter 1, 14 Sep 2026; 2 …" */
export const stepsInWords = (steps: readonly Step[]): string =>
  steps.length === 0
    ? ''
    : ` Steps of the case: ${steps.map(({ on, label }, i) => `${i + 1} ${label}, ${shortDay(on)}`).join('; ')}.`;

export const charted = (chart: Omit<Chart, 'more' | 'sheet'> & { more?: string; sheet: Sheet; csv: string }): Chart => ({
  ...chart,
  more: chart.more ?? '',
  sheet: printed(chart.sheet, chart.csv),
});
