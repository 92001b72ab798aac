import { type Condition, conditionsIn } from '../pack/condition.ts';
import type { Rule } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';
import { remembered } from '../remembered.ts';
import type { FigureAsked, World } from './world.ts';

/** What has to be so for a rule to ask for one of its steps. */
export const groundsOf = ({ when }: Rule, step: Step): Condition[] => [when, ...(step['only if'] ? [step['only if']] : [])];

const figuresOf = (rule: Rule): FigureAsked[] =>
  rule.do.flatMap((step) => groundsOf(rule, step).flatMap((when) => conditionsIn(when).flatMap(({ figure }) => figure ?? [])));

/** True of a rule that calls for a letter. */
export const writes = ({ do: steps }: Rule): boolean => steps.some((step) => 'letter' in step);

/** The rules that ask people for something at once, while a letter waits until one may go; and all the figures that they ask. */
export const rulesBeside = remembered(({ rules }: World): Rule[] => rules.filter((rule) => !writes(rule)));
export const figuresBeside = remembered((world: World) => rulesBeside(world).flatMap(figuresOf));

/** The rules that call for a letter, and the figures that they ask. */
export const writingRules = remembered(({ rules }: World): Rule[] => rules.filter(writes));
export const lettersCalledFor = remembered((world: World) => writingRules(world).flatMap(figuresOf));
