import type { ReportShown } from '../../policy/simulate/report.ts';
import type { Download } from '../web/route.ts';
import { reportCsv, type Table } from './report-csv.ts';
import { reportHtml } from './report-html.ts';
import { reportFacts } from './report-json.ts';

/** "simulation-2026-27-gloucestershire-demat" */
const nameOf = ({ year, outcomes }: ReportShown): string =>
  ['simulation', year.replace('/', '-'), ...outcomes.map(({ policy }) => policy)].join('-');

export const htmlFile = async (report: ReportShown): Promise<Download> => ({
  ...{ file: `${nameOf(report)}.html`, type: 'text/html', keep: true },
  content: await reportHtml(report),
});

/** One of its tables; that of the weeks has the name of the simulation alone. */
export const csvFile = (report: ReportShown, table: Table): Download => ({
  file: `${nameOf(report)}${table === 'weeks' ? '' : `-${table}`}.csv`,
  ...{ type: 'text/csv', content: reportCsv(report, table) },
});

export const jsonFile = (report: ReportShown): Download => ({
  ...{ file: `${nameOf(report)}.json`, type: 'application/json', content: JSON.stringify(reportFacts(report), null, 2) },
});
