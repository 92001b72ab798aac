import type { TopLevelSpec } from 'vega-lite';
import { weekday, weekdayNames } from '../../policy/calendar/day.ts';
import { inThousands } from '../../policy/counted.ts';
import type { Mark, Span } from '../../policy/register/mark.ts';
import { totalsIn } from '../../policy/register/measures/totals.ts';
import type { Sheet } from '../web/sheet.ts';
import { fills, look } from './draw.ts';

export type OfWeekday = { day: string; possible: number; authorised: number; unauthorised: number };

/** What was missed on each day of the week. */
export const byWeekday = (marks: readonly Mark[], span: Span): OfWeekday[] =>
  weekdayNames.slice(0, 5).map((day, i) => {
    const { possible, authorised, unauthorised } = totalsIn(
      marks.filter(({ on }) => weekday(on) === i + 1),
      span,
    );
    return { day, possible, authorised, unauthorised };
  });

/** Of the possible sessions of each weekday, how many in a hundred were missed, so many pixels wide. */
export function weekdayBars(days: readonly OfWeekday[], width: number): TopLevelSpec {
  const values = days.flatMap(({ day, possible, authorised, unauthorised }) => {
    const of = (kind: string, missed: number) => ({
      day: day.slice(0, 3),
      kind,
      percent: (missed * 100) / Math.max(possible, 1),
    });
    return [of('Authorised', authorised), of('Unauthorised', unauthorised)];
  });
  return {
    ...{ ...look, width, height: 180, data: { values } },
    mark: { type: 'bar', stroke: '#0b0c0c', strokeWidth: 1 },
    encoding: {
      x: { field: 'day', type: 'nominal', sort: null, title: null, axis: { labelAngle: 0 } },
      y: {
        ...{ field: 'percent', type: 'quantitative', title: 'Sessions missed, %', axis: { tickMinStep: 1, tickCount: 4 } },
        scale: { domainMax: Math.max(5, ...days.map((one) => percentMissed(one))) },
      },
      fill: {
        ...{ field: 'kind', type: 'nominal', legend: { orient: 'top', title: null } },
        scale: { domain: ['Authorised', 'Unauthorised'], range: [fills.striped, fills.crossed] },
      },
      order: { field: 'kind' },
    },
  } as TopLevelSpec;
}

const percentMissed = ({ possible, authorised, unauthorised }: OfWeekday) =>
  ((authorised + unauthorised) * 100) / Math.max(possible, 1);

/** The same as a table. */
export const weekdaySheet = (days: readonly OfWeekday[]): Sheet => ({
  ...{ name: 'weekdays', caption: 'Sessions missed by day of the week' },
  heads: ['Day', 'Sessions possible', 'Authorised', 'Unauthorised'],
  rows: days.map(({ day, possible, authorised, unauthorised }) => [day, possible, authorised, unauthorised]),
});

/** "Monday 1 of 24, Tuesday …" */
export const weekdaysInWords = (days: readonly OfWeekday[]): string =>
  days
    .map(
      ({ day, possible, authorised, unauthorised }) =>
        `${day} ${inThousands(authorised + unauthorised)} of ${inThousands(possible)}`,
    )
    .join(', ');
