import { exclusionNotice2012 } from './england-2013.ts';
import type { RuleSet } from './rule-set.ts';

const guidance = 'Working together to improve school attendance 2024, ch 6';
const amounts = 'SI 2007/1867 as amended by SI 2024/210';

/** The registration regulations of 2024 and the national framework for penalty notices. */
export const england2024 = {
  id: 'england/2024-08-19',
  from: '2024-08-19',
  title: 'England, from 19 August 2024',
  rules: {
    first: {
      value: { discountPence: 8_000, discountDays: 21, fullPence: 16_000, fullDays: 28 },
      source: amounts,
      status: 'second-hand',
    },
    second: {
      value: { discountPence: null, discountDays: null, fullPence: 16_000, fullDays: 28 },
      source: amounts,
      status: 'second-hand',
    },
    most: { value: { notices: 2, years: 3 }, source: 'National framework for penalty notices, 2024', status: 'second-hand' },
    threshold: { value: { sessions: 10, schoolWeeks: 10 }, source: guidance, status: 'second-hand' },
    noticeToImproveWeeks: { value: { least: 3, most: 6 }, source: guidance, status: 'second-hand' },
    exclusionNotice: exclusionNotice2012,
    reasonFoundIn: { value: 5, source: 'SI 2024/208 reg 10(7)', status: 'second-hand' },
    attendanceReturn: { value: 10, source: 'SI 2024/208 reg 13', status: 'second-hand' },
    sicknessReturn: { value: 15, source: 'SI 2024/208 reg 13', status: 'second-hand' },
    groundI: { value: 20, source: 'SI 2024/208 reg 9(1)(i)', status: 'second-hand' },
  },
} as const satisfies RuleSet;
