import type { TopLevelSpec } from 'vega-lite';
import { type Day, shortDay } from '../../policy/calendar/day.ts';
import { kinds } from '../../policy/simulate/outcome.ts';
import type { OutcomeShown } from '../../policy/simulate/report.ts';
import { look } from '../charts/draw.ts';

/** What a policy did each week, as bars of so many pixels in all. */
export function weeksChart({ byWeek }: Pick<OutcomeShown, 'byWeek'>, width: number): TopLevelSpec {
  const weeks = Object.keys(byWeek).sort();
  const values = weeks.flatMap((week) =>
    kinds.map((kind) => ({ week: dayAndMonth(week), kind, done: byWeek[week]?.[kind] ?? 0 })),
  );
  const narrow = width < 400;
  return {
    ...{ ...look, width: narrow ? width - 60 : width - 180, height: 260, data: { values } },
    mark: { type: 'bar', stroke: '#ffffff', strokeWidth: 0.5 },
    encoding: {
      x: { field: 'week', type: 'ordinal', sort: null, title: null, axis: { labelAngle: 0, labelOverlap: true, grid: false } },
      y: { field: 'done', type: 'quantitative', title: 'Done in the week', aggregate: 'sum' },
      color: {
        ...{ field: 'kind', type: 'nominal', sort: [...kinds], title: null, scale: { domain: [...kinds], range: colours } },
        legend: { labelLimit: 200, ...(narrow && { orient: 'bottom', columns: 2 }) },
      },
    },
  } as TopLevelSpec;
}

/** "14 Sep": a school year has no week twice. */
const dayAndMonth = (day: Day): string => shortDay(day).replace(/ \d+$/, '');

const colours = [
  ...['#1d70b8', '#912b88', '#00703c', '#8a5a00', '#505a5f', '#a82a17', '#0b0c0c'],
  ...['#28a197', '#f47738', '#d53880'],
];
