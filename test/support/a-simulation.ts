import { usual } from '../../policy/simulate/assumptions.ts';
import type { Report } from '../../policy/simulate/report.ts';
import { trainingSchool } from '../../policy/training/staff.ts';

const nothing = { call: 0, letter: 0, meeting: 0, visit: 0, task: 0, referral: 0, 'notice request': 0 };
const policy = { id: 'gloucestershire', version: 'x', title: 'A policy' };

const report = {
  ...{ school: trainingSchool.name, year: '2026/27', until: '2026-12-04', assumptions: usual, differences: [] },
  outcomes: [
    {
      ...{ policy: policy.id, title: policy.title, pupils: 1, cases: 0, pupilsWithCase: 0, closed: 0, done: nothing },
      ...{ byWeek: {}, minutes: {}, overfull: [], groups: [], daysToHelp: { cases: 0, helped: 0, median: null } },
    },
  ],
} satisfies Report;

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
