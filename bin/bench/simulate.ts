import { classOf } from '../../policy/register/codes.ts';
import type { Mark } from '../../policy/register/mark.ts';
import { usual } from '../../policy/simulate/assumptions.ts';
import { counting } from '../../policy/simulate/outcome.ts';
import { oneParent, type SimulatedPupil } from '../../policy/simulate/pupil.ts';
import { yearOf } from '../../policy/simulate/year.ts';
import { dayRegister } from '../../policy/training/day-register.ts';
import { registerBegins, trainingCalendar } from '../../policy/training/timetable.ts';
import { national } from '../../prisma/authority-profiles.ts';
import { packNamed, shippedPacks } from '../pack-files.ts';
import type { Bench } from './bench.ts';
import { type Figure, figure } from './figure.ts';
import { median } from './quantile.ts';

const until = '2027-07-21';

/**
 * How long a school year under a policy takes on one core, beside a bare loop that only counts the same marks. The marks are the
 * training school's own year, its pupils again and again for more than a thousand.
 */
export const bench: Bench = {
  summary: 'a school year of so many pupils under each policy, beside a bare loop over the same marks',
  usual: { count: 1_060, rounds: 3 },
  async run({ count, rounds, say, told }) {
    say('Making up a year of marks');
    const pupils = madeUp(count);
    const figures: Figure[] = [];
    for (const id of shippedPacks()) {
      if (told.aborted) break;
      say(`A year under ${id}`);
      const pack = packNamed(id);
      const pairs = Array.from({ length: rounds }, () => {
        const bare = seconds(() => bareLoop(pupils));
        const policy = seconds(() => {
          const counts = counting(pack, usual);
          const setting = {
            pack,
            calendar: trainingCalendar,
            assumptions: usual,
            authority: national,
            from: registerBegins,
            until,
          };
          for (const story of yearOf(pupils, setting)) counts.add(story);
        });
        return { bare, policy };
      });
      figures.push(
        figure({
          name: `a year under ${id}`,
          unit: 's',
          value: median(pairs.map(({ policy }) => policy)),
          baseline: median(pairs.map(({ bare }) => bare)),
          ratio: median(pairs.map(({ bare, policy }) => policy / bare)),
          aim: count <= 1_060 ? 'value <= 2' : null,
        }),
      );
    }
    return [...figures, figure({ name: 'memory', unit: 'MB', value: process.memoryUsage().rss / 1e6 })];
  },
};

function seconds(work: () => void): number {
  const began = performance.now();
  work();
  return (performance.now() - began) / 1_000;
}

/** What any program has to do with the marks: look at each, and keep each pupil's counts after each session. */
function bareLoop(pupils: readonly SimulatedPupil[]): number {
  let all = 0;
  for (const { marksOn } of pupils) {
    let attended = 0;
    let possible = 0;
    for (const { code } of marksOn(until)) {
      const of = classOf(code);
      if (of === 'present' || of === 'aea') attended++;
      if (of !== null && of !== 'not-possible' && of !== 'administrative') possible++;
      if (attended * 10_000 < possible * 9_600) all++;
    }
  }
  return all;
}

function madeUp(count: number): SimulatedPupil[] {
  const marks = new Map<string, Mark[]>();
  for (const day of trainingCalendar.days.filter((on) => on >= registerBegins && on <= until))
    for (const { admission_no: no, date: on, session, code } of dayRegister(day, new Map())) {
      const known = marks.get(no) ?? [];
      marks.set(no, known);
      const again = known.findIndex((mark) => mark.on === on && mark.session === session);
      if (again >= 0) known[again] = { on, session, code };
      else known.push({ on, session, code });
    }
  const all = [...marks];
  return Array.from({ length: count }, (_, i): SimulatedPupil => {
    const [no, theirs] = all[i % all.length] as [string, Mark[]];
    const of = { onRollFrom: registerBegins, onRollTo: null, flags: [], born: '2014-05-11', yearGroup: 7, recipients: oneParent };
    return { id: `${no} ${i}`, ...of, marksOn: () => theirs };
  });
}
