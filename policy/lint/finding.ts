import type { AsWritten } from '../pack/as-written.ts';

export type Severity = 'error' | 'warning' | 'note';

/** What a rule of the linter found in a pack: in which clause, why it matters, and what to do. */
export type Finding = { rule: string; severity: Severity; path: readonly PropertyKey[]; why: string; cure: string };

/** One thing that the linter looks for. Its id is what reports and settings name it by. */
export type Rule = {
  id: string;
  severity: Severity;
  /** What it is about, as the list of rules says it. */
  about: string;
  /** The law, guidance or sense that it rests on. */
  source: string;
  find(pack: AsWritten): Omit<Finding, 'rule' | 'severity'>[];
};
