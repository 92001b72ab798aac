import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulatedSchool } from '../prisma/simulated-pupils.ts';
import { type Command, WrongUse } from './command.ts';
import { packNamed } from './pack-files.ts';
import { withRunningDatabase } from './running-database.ts';
import { schoolNamed } from './school-named.ts';
import { asCsv } from './simulate/csv.ts';
import { asHtml } from './simulate/html.ts';
import { reportOn } from './simulate/report.ts';
import { asText } from './simulate/text.ts';

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

function yearNamed(year: string | undefined): { from: string; to: string } {
  const [, first, second] = /^(\d{4})\/(\d{2})$/.exec(year ?? '') ?? [];
  if (!first || (Number(first) + 1) % 100 !== Number(second))
    throw new WrongUse('Name a school year with --year, for example 2025/26.');
  return { from: `${first}-09-01`, to: `${Number(first) + 1}-08-31` };
}
