import { assumed, saidOf } from './assumptions-file.ts';
import { nothing } from './outcome.ts';
import type { OutcomeShown, ReportShown } from './report.ts';

type Kept = Omit<ReportShown, 'outcomes'> & { outcomes: (Omit<OutcomeShown, 'decisions'> & Partial<OutcomeShown>)[] };

/** A report as it was kept. Of what was not counted yet when it was made there is none, and what was not assumed yet is as usual. */
export const keptReport = ({ assumptions, outcomes, ...report }: Kept): ReportShown => ({
  ...report,
  assumptions: assumed(saidOf(assumptions)),
  outcomes: outcomes.map(({ decisions = {}, done, byWeek, ...outcome }) => ({
    ...{ ...outcome, decisions, done: { ...nothing(), ...done } },
    byWeek: Object.fromEntries(Object.entries(byWeek).map(([week, counts]) => [week, { ...nothing(), ...counts }])),
  })),
});
