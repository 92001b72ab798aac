import type { z } from 'zod';
import type { Condition } from './condition.ts';
import type { packWords } from './pack-words.ts';
import type { Rule } from './stage.ts';
import type { Step } from './step.ts';

type Words = z.infer<typeof packWords>;
/** What closes a case may be missing from a document. */
type Parts = Pick<Words, 'opens' | 'stages' | 'alongside'> & { closes?: Words['closes'] | undefined };
type Part = keyof Parts;

/** A condition with its place: the part of the pack in which it stands, for "stages" with the stage's name next, and so on. */
export type PlacedCondition = { when: Condition; path: readonly [Part, ...PropertyKey[]] };

/**
 * Every condition of a pack, in its order: what opens a case and closes it, the ground of a stage and what leads on from it, what
 * stands beside, and what a single step asks. Whoever has to look at all of them looks here; what is within one, `conditionsIn` tells.
 */
export const conditionsOf = ({ opens, stages, alongside, closes }: Parts): PlacedCondition[] => [
  ...opens.map(({ when }, i): PlacedCondition => ({ when, path: ['opens', i, 'when'] })),
  ...Object.entries(stages).flatMap(([name, stage]) => [
    ...asked(stage['only while'], ['stages', name, 'only while']),
    ...ofSteps(stage.do, ['stages', name, 'do']),
    ...ofRules(stage.alongside, ['stages', name, 'alongside']),
    ...stage.next.flatMap(({ when }, i) => asked(when, ['stages', name, 'next', i, 'when'])),
  ]),
  ...ofRules(alongside, ['alongside']),
  ...asked(closes?.when, ['closes', 'when']),
];

const asked = (when: Condition | undefined, path: PlacedCondition['path']): PlacedCondition[] => (when ? [{ when, path }] : []);

const ofSteps = (steps: readonly Step[], path: PlacedCondition['path']): PlacedCondition[] =>
  steps.flatMap((step, i) => asked(step['only if'], [...path, i, 'only if']));

const ofRules = (rules: readonly Rule[], path: PlacedCondition['path']): PlacedCondition[] =>
  rules.flatMap(({ when, do: steps }, i) => [...asked(when, [...path, i, 'when']), ...ofSteps(steps, [...path, i, 'do'])]);
