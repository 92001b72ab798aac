import type { Pack } from '../../policy/pack/pack.ts';
import { usual } from '../../policy/simulate/assumptions.ts';
import { type Difference, differenceOf } from '../../policy/simulate/difference.ts';
import { counting, type Outcome } from '../../policy/simulate/outcome.ts';
import { yearOf } from '../../policy/simulate/year.ts';
import type { SimulatedSchool } from '../../prisma/simulated-pupils.ts';

/** What a simulation came to: one policy, or two and where they part. */
export type Report = { school: string; year: string; outcomes: Outcome[]; differences: Difference[] };

type How = { from: string; to: string; seed: number; say: (line: string) => void };

/** Runs the policies over the same year, one pupil at a time, and compares the first two. */
export function reportOn(packs: readonly Pack[], school: SimulatedSchool, how: How, of: Pick<Report, 'school' | 'year'>): Report {
  const until = lastKnown(school, how);
  const assumptions = { ...usual, seed: how.seed };
  const years = packs.map((pack) => ({
    ...{ counts: counting(pack, assumptions) },
    year: yearOf(school.pupils, {
      ...{
        pack,
        calendar: school.calendar,
        calendarFor: ({ id }: { id: string }) => school.calendarOf(id),
        assumptions,
        from: how.from,
        until,
      },
    }),
  }));
  const differences: Difference[] = [];
  for (let i = 0; i < school.pupils.length; i++) {
    const stories = years.flatMap(({ year, counts }) => {
      const { value } = year.next();
      if (!value) return [];
      counts.add(value);
      return [value];
    });
    const [a, b] = stories;
    const difference = a && b ? differenceOf(a, b) : null;
    if (difference) differences.push(difference);
    if ((i + 1) % 200 === 0) how.say(`${i + 1} of ${school.pupils.length} pupils`);
  }
  return { ...of, outcomes: years.map(({ counts }) => counts.result()), differences };
}

/** The last school day of which the register knows something: after it a simulation would invent. */
function lastKnown({ pupils }: SimulatedSchool, { from, to }: Pick<How, 'from' | 'to'>): string {
  return pupils.reduce((last, { marksOn }) => {
    const newest = marksOn(to).at(-1)?.on ?? from;
    return newest > last ? newest : last;
  }, from);
}
