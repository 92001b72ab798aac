import { stringify } from 'csv-stringify/sync';
import { kinds } from '../../policy/simulate/outcome.ts';
import { type OutcomeShown, type ReportShown, takenOut } from '../../policy/simulate/report.ts';
import { groupsSheet, helpSheet, workSheet } from './report-sheets.ts';

/** The tables of a simulation that can be had as a file. */
export const tables = ['weeks', 'work', 'groups', 'help', 'differences'] as const;
export type Table = (typeof tables)[number];

/** What stands in each, for whoever chooses one. */
export const tableTitles: Record<Table, string> = {
  weeks: 'what was done, a row a week',
  work: 'decisions and hours, a row a role and week',
  groups: 'pupils, a row a group',
  help: 'time to the first help, a row a policy',
  differences: 'where two policies part, a row a pupil',
};

type Rows = { columns: string[]; rows: unknown[][] };

const tabled: Record<Table, (report: ReportShown) => Rows> = {
  weeks: ({ outcomes }) => ({ columns: ['policy', 'week', ...kinds], rows: outcomes.flatMap(weeksOf) }),
  work: ({ outcomes, assumptions }) => ({
    columns: ['policy', 'week', 'role', 'decisions', 'hours needed', 'hours they have'],
    rows: outcomes.flatMap((one) => workSheet(one, assumptions).rows.map((row) => [one.policy, ...row])),
  }),
  groups: ({ outcomes }) => ({
    columns: ['policy', 'group', 'pupils', 'with a case', 'with a letter', 'referred'],
    rows: outcomes.flatMap((one) => groupsSheet(one).rows.map((row) => [one.policy, ...row])),
  }),
  help: ({ outcomes }) => ({
    columns: ['policy', 'cases', 'helped', 'never helped', 'days to the first help (median)'],
    rows: outcomes.map((one) => [one.policy, ...helpSheet(one)]),
  }),
  differences: ({ outcomes: [a, b], differences }) => ({
    columns: ['pupil', 'day', ...(a && b ? [a.policy, b.policy] : [])],
    rows: differences.map(({ pupil, on, a: one, b: other }) => [pupil, on, one, other]),
  }),
};

const weeksOf = ({ policy, byWeek }: OutcomeShown): unknown[][] =>
  Object.keys(byWeek)
    .sort()
    .map((week) => [policy, week, ...kinds.map((kind) => byWeek[week]?.[kind] ?? 0)]);

/** One of the tables. Names are in none of them: a pupil is the id by which the school's own pages know them. */
export function reportCsv(report: ReportShown, table: Table): string {
  const { columns, rows } = tabled[table](takenOut(report));
  return stringify(rows, { header: true, columns, escape_formulas: true, eof: false });
}
