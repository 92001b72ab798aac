import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Pack } from '../policy/pack/pack.ts';
import { readPack } from '../policy/pack/read.ts';
import { usual } from '../policy/simulate/assumptions.ts';
import { type Difference, differenceOf } from '../policy/simulate/difference.ts';
import { counting, type Outcome } from '../policy/simulate/outcome.ts';
import { yearOf } from '../policy/simulate/year.ts';
import { type SimulatedSchool, simulatedSchool } from '../prisma/simulated-pupils.ts';
import { type Command, WrongUse } from './command.ts';
import { packFileNamed } from './pack-files.ts';
import { withRunningDatabase } from './running-database.ts';
import { schoolNamed } from './school-named.ts';
import { asCsv } from './simulate/csv.ts';
import { asHtml } from './simulate/html.ts';
import { asText } from './simulate/text.ts';

/** What a simulation came to: one policy, or two and where they part. */
export type Report = { school: string; year: string; outcomes: Outcome[]; differences: Difference[] };

export const command: Command = {
  summary: 'try a policy on a year that has been: letters, calls, meetings, who decides how much, and how two policies differ',
  usage:
    'simulate --policy A [--against B] --register SCHOOL --year 2025/26 [--as-known] [--seed N] [--json | --csv | --html FILE] [--data DIR]',
  async run(argv) {
    const { values } = parseArgs({
      args: argv,
      options: {
        ...{ policy: { type: 'string' }, against: { type: 'string' }, register: { type: 'string' }, year: { type: 'string' } },
        ...{ 'as-known': { type: 'boolean', default: false }, seed: { type: 'string', default: '1' }, data: { type: 'string' } },
        ...{ json: { type: 'boolean', default: false }, csv: { type: 'boolean', default: false }, html: { type: 'string' } },
      },
    });
    if (!values.policy) throw new WrongUse('Name a policy with --policy.');
    if (!values.register) throw new WrongUse('Name the school whose register is taken with --register.');
    const span = yearNamed(values.year);
    const packs = [values.policy, ...(values.against ? [values.against] : [])].map(packNamed);
    const seed = Number(values.seed);
    if (!Number.isInteger(seed)) throw new WrongUse('--seed takes a whole number.');
    const schoolId = values.register;
    const report = await withRunningDatabase(values.data, async (db) => {
      const { name } = await schoolNamed(db, schoolId);
      const school = await simulatedSchool(db, schoolId, { ...span, asKnown: values['as-known'] });
      return reportOn(
        packs,
        school,
        { ...span, seed, say: (line) => console.error(line) },
        { school: name, year: values.year ?? '' },
      );
    });
    if (values.html) writeFileSync(values.html, await asHtml(report));
    else console.log(values.json ? JSON.stringify(report, null, 2) : values.csv ? asCsv(report) : asText(report));
    return 0;
  },
};

const packNamed = (name: string): Pack => {
  const file = packFileNamed(name);
  return readPack(readFileSync(file, 'utf8'), file);
};

function yearNamed(year: string | undefined): { from: string; to: string } {
  const [, first, second] = /^(\d{4})\/(\d{2})$/.exec(year ?? '') ?? [];
  if (!first || (Number(first) + 1) % 100 !== Number(second))
    throw new WrongUse('Name a school year with --year, for example 2025/26.');
  return { from: `${first}-09-01`, to: `${Number(first) + 1}-08-31` };
}

type How = { from: string; to: string; seed: number; say: (line: string) => void };

/** Runs the policies over the same year, one pupil at a time, and compares the first two. */
function reportOn(packs: readonly Pack[], school: SimulatedSchool, how: How, of: Pick<Report, 'school' | 'year'>): Report {
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
