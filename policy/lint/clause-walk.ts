import type { AsWritten } from '../pack/as-written.ts';
import type { Condition } from '../pack/condition.ts';
import type { Rule as BesideRule } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';

type Path = readonly PropertyKey[];

/** A step with its place, and all that has to be so for it to be proposed. */
export type PlacedStep = { step: Step; path: Path; ground: Condition[]; beside: boolean };

/** Every step of a pack: of its stages, of what stands beside them, and of what stands beside all. */
export function stepsIn({ stages, alongside }: AsWritten): PlacedStep[] {
  const ruled = (rules: readonly BesideRule[], path: Path): PlacedStep[] =>
    rules.flatMap((rule, i) =>
      rule.do.map((step, k) => ({
        step,
        path: [...path, i, 'do', k],
        ground: [rule.when, ...(step['only if'] ? [step['only if']] : [])],
        beside: true,
      })),
    );
  const staged = Object.entries(stages).flatMap(([name, stage]) => [
    ...stage.do.map((step, i) => ({
      step,
      path: ['stages', name, 'do', i],
      ground: [...(stage['only while'] ? [stage['only while']] : []), ...(step['only if'] ? [step['only if']] : [])],
      beside: false,
    })),
    ...ruled(stage.alongside, ['stages', name, 'alongside']),
  ]);
  return [...staged, ...ruled(alongside, ['alongside'])];
}

/** The letters that any step sends, each with its place. */
export const lettersIn = (pack: AsWritten) =>
  stepsIn(pack).flatMap((placed) => ('letter' in placed.step ? [{ ...placed, letter: placed.step.letter }] : []));
