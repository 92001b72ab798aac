import { schoolStandings } from '../../api/schools/facts.ts';
import type { Day } from '../../policy/calendar/day.ts';
import { counted, inThousands } from '../../policy/counted.ts';
import type { Bench, BenchOptions } from './bench.ts';
import { startBenchParts } from './cases/parts.ts';
import { type Figure, figure, toJson } from './figure.ts';
import { median, quantile } from './quantile.ts';
import { type Authority, anAuthority, authorityId } from './register/authority.ts';
import { corrections } from './register/corrections.ts';
import { aDayIn, type DayIn } from './register/day-of-authority.ts';
import { pupilPages } from './register/pupil-pages.ts';
import { makeRawTable } from './register/raw-copy.ts';
import { lastThreeYears, today, yearStart } from './register/school-days.ts';
import { yearOfTrust } from './register/year-of-trust.ts';

/** An average school of England: the pupils of an authority are in so many of these. */
const schoolSize = 272.5;
/** A trust has this share of the pupils of an authority: 10,000 beside 54,500. */
const trustShare = 10_000 / 54_500;

/**
 * The register at the size of an authority, `--count` being its pupils, on parts of the bench's own: each with three years of
 * marks. The same is asked of a sixteenth of it, a quarter, and all, so that growth is seen. Imports are set beside COPY of
 * the same rows into a table with the same key, which holds as many marks of the school year, in the same run: what is beyond
 * it is what the register promises. On each day that is brought in one pupil in 200 comes below 96%: each has a case by then,
 * and it is *told* when its workflow has done its first task, or, after a correction, has the signal.
 */
export const bench: Bench = {
  summary:
    'a day of an authority and a year of a trust beside COPY; corrections, pages and crossings at 1, 4 and 16 times the size',
  usual: { count: 54_500, rounds: 3 },
  async run(options) {
    const parts = await startBenchParts(options, ['worker', 'api']);
    const authority = await options.stops.addWhenUp(anAuthority(parts.databaseUrl));
    const all = Math.max(1, Math.round(options.count / schoolSize));
    const sizes = [...new Set([Math.ceil(all / 16), Math.ceil(all / 4), all])];
    const days = lastThreeYears.slice(-(sizes.length - 1 + options.rounds));
    const figures: Figure[] = [];
    for (const [i, size] of sizes.entries()) {
      const each = days.slice(i, size === all ? undefined : i + 1);
      const pupilsEach = Math.round(options.count / all);
      const found = await atSize({ ...options, ...parts, authority, size, pupilsEach, each, n: i });
      // All of it takes an hour: what is known is told.
      for (const one of found) options.say(toJson(one));
      figures.push(...found);
    }
    options.say('A year of a trust');
    const trust = await authority.addSchool(Math.max(1, Math.round(options.count * trustShare)), today);
    const { marks, imported, copied, memory } = await yearOfTrust({ ...options, ...parts, pool: authority.pool }, trust);
    const name = `a year of a trust, ${inThousands(marks)} marks`;
    return [
      ...figures,
      figure({ name, unit: 's', value: imported, baseline: copied, ratio: imported / copied, aim: 'ratio <= 1.5' }),
      figure({ name: 'most memory of its importer', unit: 'MB', value: memory, aim: 'value < 300' }),
    ];
  },
};

type Size = Pick<BenchOptions, 'say' | 'told'> &
  Awaited<ReturnType<typeof startBenchParts>> & {
    authority: Authority;
    size: number;
    pupilsEach: number;
    each: string[];
    n: number;
  };

async function atSize({ say, told, client, apiUrl, authority, size, pupilsEach, each, n }: Size): Promise<Figure[]> {
  const of = counted(size, 'school');
  say(`${of}: three years of marks`);
  await authority.grow(size, pupilsEach, each[0] ?? today);
  await makeRawTable(authority.pool, yearStart);
  const looking = { client, told };
  const in_: DayIn[] = [];
  for (const [i, day] of each.entries()) {
    say(`${of}: a day`);
    in_.push(await aDayIn(authority, looking, n + i, day));
  }
  await authority.pool.query('DROP TABLE raw_mark');
  say(`${of}: corrections, pages and crossings`);
  const corrected = await corrections(authority, looking, in_[0] as DayIn, 200);
  const pages = await pupilPages(authority, apiUrl, 400);
  const crossing = await crossings(authority, each.at(-1) ?? today);
  return [
    figure({
      ...{ name: `a day of ${of}`, unit: 's', value: median(in_.map(({ imported }) => imported)) },
      ...{
        baseline: median(in_.map(({ copied }) => copied)),
        ratio: median(in_.map(({ imported, copied }) => imported / copied)),
      },
      aim: 'ratio <= 1.5',
    }),
    figure({
      name: `last mark to last case told, ${of}`,
      unit: 's',
      value: Math.max(...in_.map((one) => one.told)),
      aim: 'value <= 5',
    }),
    ...both(`correction to its case told, ${of}`, corrected, 'value < 300'),
    ...both(`a pupil’s page, ${of}`, pages, 'value < 50'),
    figure({ name: `who crosses this week, ${of}`, unit: 's', value: median(crossing), aim: 'value < 1' }),
  ];
}

const both = (name: string, ms: number[], aim: Figure['aim']): Figure[] => [
  figure({ name: `${name}, p50`, unit: 'ms', value: quantile(ms, 0.5) }),
  figure({ name: `${name}, p99`, unit: 'ms', value: quantile(ms, 0.99), aim }),
];

/** As the officers of the authority are shown it on their page of schools. Seconds each of five times. */
async function crossings({ db }: Authority, on: Day): Promise<number[]> {
  const officer = {
    id: 'bench-officer',
    name: 'Bench Officer',
    role: 'ewo',
    schoolId: null,
    authorityId,
    className: null,
  } as const;
  const took: number[] = [];
  for (let i = 0; i < 5; i++) {
    const began = performance.now();
    const standings = await schoolStandings({ deps: { db }, user: officer, at: Date.now() }, { on, within: 4 });
    took.push((performance.now() - began) / 1000);
    const crossed = standings.flatMap((one) => one.crossed).reduce((sum, { pupils }) => sum + pupils, 0);
    if (crossed === 0) throw new Error('Nobody crossed this week');
  }
  return took;
}
