import type { TopLevelSpec } from 'vega-lite';
import { type Day, mondayOf } from '../../policy/calendar/day.ts';
import type { Fraction } from '../../policy/register/fraction.ts';
import type { Mark } from '../../policy/register/mark.ts';
import { totalsOf } from '../../policy/register/measures/totals.ts';
import { ink, look } from './draw.ts';

export type Point = { on: Day } & Fraction;
export type Step = { on: Day; label: string };

/** Year-to-date attendance at the end of each day that has a mark. */
export function line(marks: readonly Mark[]): Point[] {
  const points: Point[] = [];
  const so: Fraction = { attended: 0, possible: 0 };
  for (const [i, mark] of marks.entries()) {
    const { on } = mark;
    const { attended, possible } = totalsOf([mark]);
    so.attended += attended;
    so.possible += possible;
    if (marks[i + 1]?.on !== on && so.possible > 0) points.push({ on, ...so });
  }
  return points;
}

/** The same at the end of each week: the last point of it. */
export const weekly = (points: readonly Point[]): Point[] =>
  points.filter(({ on }, i) => {
    const next = points[i + 1];
    return !next || mondayOf(next.on) !== mondayOf(on);
  });

/** The attendance line with the two thresholds and the numbered steps of a case on it, so many pixels wide. */
export function attendanceLine(points: readonly Point[], steps: readonly Step[], width: number): TopLevelSpec {
  const axis = { format: '%-d %b', labelOverlap: true, grid: false, tickCount: Math.round(width / 100) } as const;
  const x = { field: 'on', type: 'temporal', title: null, axis } as const;
  const percent = points.map(({ on, attended, possible }) => ({ on, percent: (attended * 100) / possible }));
  const low = Math.min(85, ...percent.map((one) => one.percent));
  const y = {
    field: 'percent',
    type: 'quantitative',
    title: 'Attendance, %',
    scale: { domain: [Math.floor(low / 5) * 5, 101] as [number, number] },
  } as const;
  const threshold = (at: number, strokeDash: number[]) => ({
    data: { values: [{ percent: at, words: `${at}%` }] },
    layer: [
      { mark: { type: 'rule', strokeDash, color: ink.quiet }, encoding: { y } },
      {
        mark: { type: 'text', align: 'left', dx: 4, fontSize: 14, color: ink.quiet },
        encoding: { y, x: { value: width }, text: { field: 'words' } },
      },
    ],
  });
  return {
    ...{ ...look, width, height: 240 },
    layer: [
      threshold(96, [6, 3]),
      threshold(90, [2, 3]),
      {
        data: { values: steps.map((step, i) => ({ ...step, n: String(i + 1), percent: 100.5 })) },
        layer: [
          { mark: { type: 'rule', color: ink.step, strokeWidth: 1.5 }, encoding: { x } },
          {
            mark: { type: 'text', align: 'left', dx: 3, fontSize: 14, fontWeight: 'bold', color: ink.step },
            encoding: { x, y, text: { field: 'n' } },
          },
        ],
      },
      {
        data: { values: percent },
        mark: { type: 'line', color: ink.line, strokeWidth: 2.5, point: percent.length < 45 && { color: ink.line, size: 30 } },
        encoding: { x, y },
      },
    ],
  } as TopLevelSpec;
}
