import type { TopLevelSpec } from 'vega-lite';
import { kinds } from '../../policy/simulate/outcome.ts';
import { look } from '../charts/draw.ts';
import type { OutcomeShown } from './report-sheets.ts';

/** What a policy did each week, as bars of so many pixels in all. */
export function weeksChart({ byWeek }: Pick<OutcomeShown, 'byWeek'>, width: number): TopLevelSpec {
  const weeks = Object.keys(byWeek).sort();
  const values = weeks.flatMap((week) => kinds.map((kind) => ({ week, kind, done: byWeek[week]?.[kind] ?? 0 })));
  const bar = Math.max(width < 400 ? 3 : 6, Math.floor((width * 0.85) / Math.max(weeks.length, 12)));
  return {
    ...{ ...look, width, height: 260, data: { values } },
    mark: { type: 'bar', stroke: '#ffffff', strokeWidth: 0.5, width: bar },
    encoding: {
      x: { field: 'week', type: 'temporal', title: null, axis: { format: '%-d %b', labelOverlap: true, grid: false } },
      y: { field: 'done', type: 'quantitative', title: 'Done in the week', aggregate: 'sum' },
      color: {
        ...{ field: 'kind', type: 'nominal', sort: [...kinds], title: null, scale: { domain: [...kinds], range: colours } },
        legend: width < 400 ? { orient: 'bottom', columns: 2 } : {},
      },
    },
  } as TopLevelSpec;
}

const colours = ['#1d70b8', '#912b88', '#00703c', '#8a5a00', '#505a5f', '#a82a17', '#0b0c0c'];
