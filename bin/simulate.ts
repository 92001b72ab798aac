import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { reportCsv, type Table, tables } from '../api/simulations/report-csv.ts';
import { reportHtml } from '../api/simulations/report-html.ts';
import { reportFacts } from '../api/simulations/report-json.ts';
import type { Day } from '../policy/calendar/day.ts';
import type { Pack } from '../policy/pack/pack.ts';
import { type Assumptions, usual } from '../policy/simulate/assumptions.ts';
import { readAssumptions } from '../policy/simulate/assumptions-file.ts';
import { pupilStory } from '../policy/simulate/one-pupil.ts';
import { type Progress, type Report, reporting, reportShown } from '../policy/simulate/report.ts';
import { type Command, WrongUse } from './command.ts';
import { forPages } from './for-pages.ts';
import { Obstacle } from './obstacle.ts';
import { packNamed } from './pack-files.ts';
import { runKept } from './simulate/kept.ts';
import { pupilNamed, sourceNamed } from './simulate/source.ts';
import { storyText } from './simulate/story-text.ts';
import { asText } from './simulate/text.ts';
import { yearNamed } from './simulate/year-named.ts';

export const command: Command = {
  summary:
    'try a policy on a year that has been: letters, calls, meetings, notices, who decides how much, and how two policies differ',
  usage:
    'simulate --policy A [--against B] --register SCHOOL_OR_FILE --year 2025/26 [--as-known] [--pupils FILE] [--calendar FILE] [--mapping NAME_OR_FILE] [--assumptions FILE] [--authority NAME_OR_FILE] [--seed N] [--pupil UPN | --json | --csv [--table NAME] | --html FILE] [--data DIR]',
  async run(argv) {
    const { values } = parseArgs({
      args: argv,
      options: {
        ...{ policy: { type: 'string' }, against: { type: 'string' }, register: { type: 'string' }, year: { type: 'string' } },
        ...{ 'as-known': { type: 'boolean', default: false }, assumptions: { type: 'string' }, seed: { type: 'string' } },
        ...{ json: { type: 'boolean', default: false }, csv: { type: 'boolean', default: false }, html: { type: 'string' } },
        table: { type: 'string', default: 'weeks' },
        ...{ data: { type: 'string' }, pupils: { type: 'string' }, calendar: { type: 'string' }, mapping: { type: 'string' } },
        ...{ kept: { type: 'string' }, pupil: { type: 'string' }, authority: { type: 'string' } },
      },
    });
    const { kept } = values;
    if (kept !== undefined) return forPages(values.data, (db) => runKept(db, kept));
    if (!values.policy) throw new WrongUse('Name a policy with --policy.');
    const span = yearNamed(values.year);
    const table = tableNamed(values.table);
    const packs = [values.policy, ...(values.against ? [values.against] : [])].map(packNamed);
    const assumptions = assumedIn(values.assumptions, values.seed);
    const { pupil: upn, year = '' } = values;
    if (upn !== undefined) {
      console.log(storiesText(upn, packs, { ...(await pupilNamed(values, upn, span)), assumptions, from: span.from }));
      return 0;
    }
    const { name, school } = await sourceNamed(values, span);
    const report = reportShown(told(reporting(packs, school, { ...span, assumptions }, { school: name, year })));
    if (values.html) writeFileSync(values.html, await reportHtml(report));
    else
      console.log(
        values.json ? JSON.stringify(reportFacts(report), null, 2) : values.csv ? reportCsv(report, table) : asText(report),
      );
    return 0;
  },
};

/** @throws WrongUse for a table that there is not */
function tableNamed(name: string): Table {
  const found = tables.find((one) => one === name);
  if (!found) throw new WrongUse(`--table takes one of: ${tables.join(', ')}.`);
  return found;
}

/** Runs it to its end, and says on the way how far it is. */
function told(run: Generator<Progress, Report>): Report {
  for (;;) {
    const next = run.next();
    if (next.done) return next.value;
    if (next.value.done % 200 === 0) console.error(`${next.value.done} of ${next.value.of} pupils`);
  }
}

type OnePupil = Awaited<ReturnType<typeof pupilNamed>> & { from: Day; assumptions: Assumptions };

/** One pupil's year under each policy, one after the other. */
function storiesText(upn: string, packs: readonly Pack[], { school, pupil, from, until, assumptions }: OnePupil): string {
  const { authority } = school;
  const year = { pupil, calendar: school.calendarOf(pupil.id), authority, from, until, assumptions };
  return packs.map((pack) => storyText(`${upn} under the ${pack.title}`, pupilStory(year, pack))).join('\n\n');
}

/** What is assumed of people: as usual, or as a file says; a seed that was named goes before that of the file. */
function assumedIn(file: string | undefined, seed: string | undefined): Assumptions {
  if (file !== undefined && !existsSync(file))
    throw new Obstacle(`There is no file ${file}. Write one as docs/examples/assumptions.yaml is.`);
  const assumed = file === undefined ? usual : readAssumptions(readFileSync(file, 'utf8'), file);
  if (seed === undefined) return assumed;
  if (!/^\d{1,9}$/.test(seed)) throw new WrongUse('--seed takes a whole number.');
  return { ...assumed, seed: Number(seed) };
}
