import { type Day, longDay } from '../calendar/day.ts';
import { Refusal } from '../refusal.ts';
import { england2013 } from './england-2013.ts';
import { england2024 } from './england-2024.ts';
import type { RuleSet } from './rule-set.ts';

/** Every rule set that is kept here, the newest first. */
const ruleSets: readonly RuleSet[] = [england2024, england2013];

/**
 * The rule set in force on the day of the facts. A case keeps the set of its facts, not of today.
 * @throws Refusal('NotFound') for a day before any rule set we keep.
 */
export function ruleSetOn(day: Day): RuleSet {
  const found = ruleSets.find(({ from }) => from <= day);
  if (!found) throw new Refusal('NotFound', `No rules of the law are kept for ${longDay(day)}`);
  return found;
}

/** What the law says on a day. */
export const lawOn = (day: Day): RuleSet['rules'] => ruleSetOn(day).rules;
