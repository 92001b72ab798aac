import { usual } from '../../policy/simulate/assumptions.ts';
import type { ReportShown } from '../../policy/simulate/report.ts';
import { trainingSchool } from '../../policy/training/staff.ts';

const nothing = {
  ...{ call: 0, letter: 0, meeting: 0, visit: 0, task: 0, referral: 0, 'notice request': 0 },
  ...{ contract: 0, 'notice to improve': 0, 'penalty notice': 0 },
};
const week = { ...nothing, call: 2, letter: 9 };
const policy = { id: 'gloucestershire', version: 'x', title: 'A policy' };

const report = {
  ...{ school: trainingSchool.name, year: '2026/27', until: '2026-12-04', assumptions: usual, differences: [] },
  outcomes: [
    {
      ...{ policy: policy.id, title: policy.title, pupils: 1, cases: 0, pupilsWithCase: 0, closed: 0, done: nothing },
      ...{
        byWeek: { '2026-09-14': week, '2026-09-21': { ...week, meeting: 3 } },
        minutes: {},
        decisions: { sal: { '2026-09-14': 9 } },
      },
      overfull: [{ role: 'sal', week: '2026-09-14', hours: 12.5, has: 10 }],
      groups: [{ group: 'ehcp', pupils: '12', withCase: 'fewer than 5', letters: '0', referrals: '0' }],
      daysToHelp: { cases: 0, helped: 0, median: null },
    },
  ],
} satisfies ReportShown;

/** A row of a simulation of the training school that has ended, under a version of a policy that nobody keeps. */
export const aSimulation = {
  ...{ schoolId: trainingSchool.id, byUser: 'lead', status: 'done', done: 1, of: 1, report },
  asked: { policies: [policy], year: '2026/27', asKnown: false, assumptions: usual },
};

/** The same under a version that is kept. */
export const aSimulationUnder = (version: string) => ({
  ...aSimulation,
  asked: { ...aSimulation.asked, policies: [{ ...policy, version }] },
});
