import type { AsWritten } from '../pack/as-written.ts';
import { bandRules } from './bands.ts';
import type { Finding, Rule } from './finding.ts';
import { ladderRules } from './ladder.ts';
import { lawRules } from './law.ts';
import { peopleRules } from './people.ts';
import { registerRules } from './register.ts';

/** Everything that the linter looks for, in the order in which it is told. */
export const rules: readonly Rule[] = [...lawRules, ...registerRules, ...bandRules, ...ladderRules, ...peopleRules];

/** What in a pack conflicts with the law, is left open, or can never happen. Pure; the same pack gives the same findings. */
export const lint = (pack: AsWritten): Finding[] =>
  rules.flatMap(({ id, severity, find }) => find(pack).map((found) => ({ rule: id, severity, ...found })));
