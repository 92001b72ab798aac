import type { ReportShown } from '../../policy/simulate/report.ts';
import type { Download } from '../web/route.ts';
import { reportCsv } from './report-csv.ts';
import { reportHtml } from './report-html.ts';
import { reportFacts } from './report-json.ts';

/** "simulation-2026-27-gloucestershire-demat" */
const nameOf = ({ year, outcomes }: ReportShown): string =>
  ['simulation', year.replace('/', '-'), ...outcomes.map(({ policy }) => policy)].join('-');

export const htmlFile = async (report: ReportShown): Promise<Download> => ({
  ...{ file: `${nameOf(report)}.html`, type: 'text/html', keep: true },
  content: await reportHtml(report),
});

export const csvFile = (report: ReportShown): Download => ({
  ...{ file: `${nameOf(report)}.csv`, type: 'text/csv', content: reportCsv(report) },
});

export const jsonFile = (report: ReportShown): Download => ({
  ...{ file: `${nameOf(report)}.json`, type: 'application/json', content: JSON.stringify(reportFacts(report), null, 2) },
});
