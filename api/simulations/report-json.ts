import { saidOf } from '../../policy/simulate/assumptions-file.ts';
import type { ReportShown } from '../../policy/simulate/report.ts';

/** A report for machines: what is assumed stands in it in the words of a file of assumptions. */
export const reportFacts = ({ assumptions, ...report }: ReportShown) => ({ ...report, assumptions: saidOf(assumptions) });
