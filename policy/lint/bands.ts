import type { AsWritten } from '../pack/as-written.ts';
import type { Rule } from './finding.ts';
import { between, both, isEmpty, percent, type Range, rangeOf, valueIn } from './range.ts';

type Named = { name: string; range: Range };

const bandsOf = ({ bands }: AsWritten): Named[] =>
  Object.entries(bands ?? {})
    .map(([name, band]) => ({ name, range: rangeOf(band) }))
    .sort((a, b) => a.range.low - b.range.low || a.range.high - b.range.high);

/** What lies below all bands or above them, between 0% and 100%. */
function outside(bands: readonly [Named, ...Named[]]): ReturnType<Rule['find']> {
  const [lowest] = bands;
  const highest = bands.reduce((a, b) =>
    b.range.high > a.range.high || (b.range.high === a.range.high && b.range.highIn) ? b : a,
  );
  const ends = [
    { name: lowest.name, word: 'Below', gap: between({ low: 0, lowIn: true, high: 0, highIn: false }, lowest.range) },
    { name: highest.name, word: 'Above', gap: between(highest.range, { low: 10_000, lowIn: false, high: 10_000, highIn: true }) },
  ];
  return ends.flatMap(({ name, word, gap }) =>
    isEmpty(gap)
      ? []
      : [
          {
            path: ['bands', name],
            why: `${word} "${name}" nothing holds ${valueIn(gap)}`,
            cure: 'Leave that end open: a band without it reaches to 0% or to 100%',
          },
        ],
  );
}

/** Bands are to hold every percentage once. */
export const bandRules: readonly Rule[] = [
  {
    id: 'band-gap',
    severity: 'error',
    about: 'A percentage lies in no band',
    source: 'Attendance is a fraction: 98.5% exists although a document writes whole numbers',
    find(pack) {
      const bands = bandsOf(pack);
      const [lowest, ...others] = bands;
      if (!lowest) return [];
      return [
        ...outside([lowest, ...others]),
        ...bands.flatMap((upper, i) => {
          const lower = bands[i - 1];
          const reached = bands.slice(0, i).reduce((high, { range }) => Math.max(high, range.high), 0);
          const gap = lower && between({ ...lower.range, high: reached }, upper.range);
          if (!lower || !gap || isEmpty(gap)) return [];
          const why = `Between "${lower.name}" and "${upper.name}" nothing holds ${valueIn(gap)}`;
          return [
            {
              path: ['bands', upper.name],
              why,
              cure: `Let one of the two bands reach to the other, for example "${lower.name}" up to "below: ${percent(gap.high)}"`,
            },
          ];
        }),
      ];
    },
  },
  {
    id: 'band-overlap',
    severity: 'error',
    about: 'A percentage lies in two bands',
    source: 'A case cannot follow two bands at once',
    find(pack) {
      const bands = bandsOf(pack);
      return bands.flatMap(({ name, range }, i) =>
        bands.slice(i + 1).flatMap((other) => {
          const common = both(range, other.range);
          return isEmpty(common)
            ? []
            : [
                {
                  path: ['bands', other.name],
                  why: `${valueIn(common)} lies in "${name}" and in "${other.name}"`,
                  cure: 'Say in which of the two it is, with "below" or "above" in the other',
                },
              ];
        }),
      );
    },
  },
  {
    id: 'band-empty',
    severity: 'error',
    about: 'A band holds nothing',
    source: 'Its lower end is above its upper end',
    find: (pack) =>
      bandsOf(pack).flatMap(({ name, range }) =>
        isEmpty(range) ? [{ path: ['bands', name], why: `No percentage lies in "${name}"`, cure: 'Exchange its ends' }] : [],
      ),
  },
  {
    id: 'band-days',
    severity: 'warning',
    about: 'The days that a band names are not its percentages of a school year',
    source: 'A school year has 190 days (Education (School Day and School Year) Regulations 1999)',
    find: ({ bands }) =>
      Object.entries(bands ?? {}).flatMap(([name, band]) => {
        const { days } = band;
        if (!days) return [];
        const { low, high } = rangeOf(band);
        const share = (missed: number) => Math.floor(((190 - missed) * 10_000) / 190);
        // A document rounds: half a percent either way is its own.
        const off = [[share(days.from), high], ...(days.to === undefined ? [] : [[share(days.to), low]])].filter(
          ([is = 0, said = 0]) => Math.abs(is - said) > 50,
        );
        if (off.length === 0) return [];
        const words = [days.from, ...(days.to === undefined ? [] : [days.to])].map(
          (n) => `${n} days are ${percent(Math.floor(share(n) / 10) * 10)}`,
        );
        return [
          {
            path: ['bands', name, 'days'],
            why: `Of 190 days ${words.join(' and ')}, not ${percent(high)}${days.to === undefined ? '' : ` and ${percent(low)}`}`,
            cure: 'Leave the days out, or count them anew',
          },
        ];
      }),
  },
];
