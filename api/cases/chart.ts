import * as vega from 'vega';
import { compile } from 'vega-lite';
import type { Day } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import { classOf } from '../../policy/register/codes.ts';
import type { Fraction } from '../../policy/register/fraction.ts';
import type { Mark } from '../../policy/register/mark.ts';
import type { Entry } from '../../prisma/ledger.ts';

export type Point = { on: Day } & Fraction;
export type Step = { on: Day; label: string };

/** Year-to-date attendance at the end of each day that has a mark. */
export function line(marks: readonly Mark[]): Point[] {
  const points: Point[] = [];
  const so: Fraction = { attended: 0, possible: 0 };
  for (const [i, { on, code }] of marks.entries()) {
    const of = classOf(code);
    if (of === 'present' || of === 'aea') so.attended++;
    if (of !== null && of !== 'not-possible' && of !== 'administrative') so.possible++;
    if (marks[i + 1]?.on !== on && so.possible > 0) points.push({ on, ...so });
  }
  return points;
}

/** The stages that a case entered, and when. */
export const stepsOf = (events: readonly { on: Day; event: Entry }[]): Step[] =>
  events.flatMap(({ on, event }) => {
    const { type, ...rest } = event as unknown as CaseEvent;
    return type === 'stage entered' && 'stage' in rest ? [{ on, label: capital(rest.stage as string) }] : [];
  });

/**
 * The attendance line with the two thresholds and the steps of the case on it, as SVG, so many pixels wide: a phone has a
 * narrow one of its own, where the same picture made smaller could not be read. A table beside it says the same.
 */
export async function attendanceChart(points: readonly Point[], steps: readonly Step[], width: number): Promise<string> {
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
  const { spec } = compile({
    width,
    height: 240,
    background: 'white',
    padding: { left: 2, right: 16, top: 4, bottom: 4 },
    config: { font: 'Arial, sans-serif', axis: { labelFontSize: 14, titleFontSize: 14 } },
    layer: [
      {
        data: { values: [{ percent: 96 }, { percent: 90 }] },
        mark: { type: 'rule', strokeDash: [4, 4], color: '#505a5f' },
        encoding: { y },
      },
      {
        data: { values: steps.map((step) => ({ ...step, percent: 100 })) },
        mark: { type: 'rule', color: '#912b88', strokeWidth: 1.5 },
        encoding: { x },
      },
      {
        data: { values: steps.map((step, i) => ({ ...step, n: String(i + 1), percent: 100.5 })) },
        mark: { type: 'text', align: 'left', dx: 3, fontSize: 14, fontWeight: 'bold', color: '#912b88' },
        encoding: { x, y, text: { field: 'n' } },
      },
      {
        data: { values: percent },
        mark: { type: 'line', color: '#1d70b8', strokeWidth: 2.5 },
        encoding: { x, y },
      },
    ],
  });
  const view = new vega.View(vega.parse(spec), { renderer: 'none' });
  return view.toSVG();
}
