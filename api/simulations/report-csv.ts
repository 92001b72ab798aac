import { stringify } from 'csv-stringify/sync';
import { kinds } from '../../policy/simulate/outcome.ts';
import { type ReportShown, takenOut } from '../../policy/simulate/report.ts';

/** A row a policy and week, with how often each thing was done in it. */
export const reportCsv = (report: ReportShown): string =>
  stringify(
    takenOut(report).outcomes.flatMap(({ policy, byWeek }) =>
      Object.keys(byWeek)
        .sort()
        .map((week) => [policy, week, ...kinds.map((kind) => byWeek[week]?.[kind] ?? 0)]),
    ),
    { header: true, columns: ['policy', 'week', ...kinds], escape_formulas: true, eof: false },
  );
