import { saidOf } from '../../policy/simulate/assumptions-file.ts';
import { type ReportShown, takenOut } from '../../policy/simulate/report.ts';

/** A report for machines: what is assumed stands in it in the words of a file of assumptions. */
export function reportFacts(report: ReportShown) {
  const { assumptions, ...more } = takenOut(report);
  return { ...more, assumptions: saidOf(assumptions) };
}
