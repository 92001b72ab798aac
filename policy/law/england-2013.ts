import type { Amounts, Rule, RuleSet } from './rule-set.ts';

const amounts: Rule<Amounts> = {
  value: { discountPence: 6_000, discountDays: 21, fullPence: 12_000, fullDays: 28 },
  source: 'SI 2007/1867 as amended 2013',
  status: 'second-hand',
};

/** A notice for a child in a public place after exclusion, which the framework of 2024 left as it was. */
export const exclusionNotice2012: Rule<Amounts> = {
  value: { discountPence: 6_000, discountDays: 21, fullPence: 12_000, fullDays: 28 },
  source: 'Education and Inspections Act 2006, s103 and s105',
  status: 'second-hand',
};

const localCodes = 'Left to local codes of conduct';

/** What stood before the national framework: cases whose facts lie before it keep it. */
export const england2013: RuleSet = {
  id: 'england/2013-09-01',
  from: '2013-09-01',
  title: 'England, from 1 September 2013',
  rules: {
    first: amounts,
    second: amounts,
    most: { value: null, source: localCodes, status: 'second-hand' },
    threshold: { value: null, source: localCodes, status: 'second-hand' },
    noticeToImproveWeeks: { value: { least: 3, most: 6 }, source: 'Not in force then', status: 'interpretation' },
    exclusionNotice: exclusionNotice2012,
    reasonFoundIn: { value: 5, source: 'Custom before SI 2024/208', status: 'interpretation' },
    attendanceReturn: { value: 10, source: 'SI 2006/1751 reg 12', status: 'second-hand' },
    sicknessReturn: { value: null, source: 'Not in force then', status: 'interpretation' },
    groundI: { value: 20, source: 'SI 2006/1751 reg 8', status: 'second-hand' },
  },
};
