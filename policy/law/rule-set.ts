import type { Day } from '../calendar/day.ts';

/** How sure a rule is: read in the law itself, read in a source that restates it, or our own reading where none says. */
export type Status = 'confirmed' | 'second-hand' | 'interpretation';

export type Rule<T> = { value: T; source: string; status: Status };

/** What a penalty notice costs, and in how many days counted from the day it is received. Pence. */
export type Amounts = { discountPence: number | null; discountDays: number | null; fullPence: number; fullDays: number };

/** What the law says from one day on, and no policy changes. */
export type Rules = {
  first: Rule<Amounts>;
  second: Rule<Amounts>;
  /** Most notices to one parent for one child in so many years. Null: the law sets no such number. */
  most: Rule<{ notices: number; years: number } | null>;
  /** Sessions, in school weeks, at which a notice must be considered. Null before the national framework. */
  threshold: Rule<{ sessions: number; schoolWeeks: number } | null>;
  noticeToImproveWeeks: Rule<{ least: number; most: number }>;
  /** A notice for a child seen in public after exclusion: outside the count of years. */
  exclusionNotice: Rule<Amounts>;
  /** School days in which the reason behind an N is to be found. */
  reasonFoundIn: Rule<number>;
  /** School days of continuous absence without leave at which the attendance return names a pupil. */
  attendanceReturn: Rule<number>;
  /** School days of illness in a school year at which the sickness return names a pupil. Null: no such return. */
  sicknessReturn: Rule<number | null>;
  /** School days of continuous absence from which on ground I may be looked at. */
  groundI: Rule<number>;
};

export type RuleSet = { id: string; from: Day; title: string; rules: Rules };
