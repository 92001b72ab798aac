import type { Day } from '../calendar/day.ts';

/** How sure a rule is: read in the law itself, read in a source that restates it, or our own reading where none says. */
type Status = 'confirmed' | 'second-hand' | 'interpretation';

type Rule<T> = { value: T; source: string; status: Status };

/** What a penalty notice costs, and in how many days counted from the day it is received. Pence. */
export type Amounts = { discountPence: number | null; discountDays: number | null; fullPence: number; fullDays: number };

export type RuleSet = {
  id: string;
  from: Day;
  first: Rule<Amounts>;
  second: Rule<Amounts>;
  /** Most notices to one parent for one child in so many years. Null: the law sets no such number. */
  most: Rule<{ notices: number; years: number } | null>;
  /** Sessions, in school weeks, at which a notice must be considered. Null before the national framework. */
  threshold: Rule<{ sessions: number; schoolWeeks: number } | null>;
  noticeToImproveWeeks: Rule<{ least: number; most: number }>;
  /** School days in which the reason behind an N is to be found. */
  reasonFoundIn: Rule<number>;
};

const framework2024: RuleSet = {
  id: 'england/2024-08-19',
  from: '2024-08-19',
  first: {
    value: { discountPence: 8_000, discountDays: 21, fullPence: 16_000, fullDays: 28 },
    source: 'SI 2007/1867 as amended by SI 2024/210',
    status: 'second-hand',
  },
  second: {
    value: { discountPence: null, discountDays: null, fullPence: 16_000, fullDays: 28 },
    source: 'SI 2007/1867 as amended by SI 2024/210',
    status: 'second-hand',
  },
  most: { value: { notices: 2, years: 3 }, source: 'National framework for penalty notices, 2024', status: 'second-hand' },
  threshold: {
    value: { sessions: 10, schoolWeeks: 10 },
    source: 'Working together to improve school attendance 2024, ch 6',
    status: 'second-hand',
  },
  noticeToImproveWeeks: {
    value: { least: 3, most: 6 },
    source: 'Working together to improve school attendance 2024, ch 6',
    status: 'second-hand',
  },
  reasonFoundIn: { value: 5, source: 'SI 2024/208 reg 10(7)', status: 'second-hand' },
};

const before2024: RuleSet = {
  id: 'england/2013-09-01',
  from: '2013-09-01',
  first: {
    value: { discountPence: 6_000, discountDays: 21, fullPence: 12_000, fullDays: 28 },
    source: 'SI 2007/1867 as amended 2013',
    status: 'second-hand',
  },
  second: {
    value: { discountPence: 6_000, discountDays: 21, fullPence: 12_000, fullDays: 28 },
    source: 'SI 2007/1867 as amended 2013',
    status: 'second-hand',
  },
  most: { value: null, source: 'Left to local codes of conduct', status: 'second-hand' },
  threshold: { value: null, source: 'Left to local codes of conduct', status: 'second-hand' },
  noticeToImproveWeeks: { value: { least: 3, most: 6 }, source: 'Not in force then', status: 'interpretation' },
  reasonFoundIn: { value: 5, source: 'Custom before SI 2024/208', status: 'interpretation' },
};

const ruleSets: readonly RuleSet[] = [framework2024, before2024];

/**
 * The rules in force on the day of the facts. A case keeps the set of its facts, not of today.
 * @throws Error for a day before any rule set we keep.
 */
export function ruleSetOn(day: Day): RuleSet {
  const found = ruleSets.find(({ from }) => from <= day);
  if (!found) throw new Error(`No rule set is kept for ${day}`);
  return found;
}

/** A notice for a child seen in public after exclusion (EIA 2006 s103): other amounts, outside the three-year count. */
export const exclusionNotice: Amounts = { discountPence: 6_000, discountDays: 21, fullPence: 12_000, fullDays: 28 };
