import { countOn } from '../calendar/count-on.ts';
import { type Rule, ruleName } from '../pack/stage.ts';
import { holds } from './condition.ts';
import { letterMayBeProposed, passedOver } from './next-step.ts';
import { propose } from './propose.ts';
import { askedFirst } from './step.ts';
import type { Telling } from './telling.ts';
import { whySo } from './why-so.ts';
import { withdraw } from './withdraw.ts';

/**
 * Acts on the rules that stand beside every stage, such as a contact on the first day of absence. They wait for nothing: not for
 * the ladder, not for a decision, not for the end of a hold. A rule is acted on when it becomes so, and again only as it says.
 */
export function alwaysBeside(t: Telling): void {
  for (const rule of t.c.pack.alongside) {
    const name = ruleName(rule);
    const known = t.state.rules?.[name];
    if (!holds(rule.when, t.state, t.c)) {
      if (known?.so) over(t, name);
    } else if (!known?.so || askedAgain(t, rule, known.on)) met(t, rule, name);
  }
}

const askedAgain = ({ c, state }: Telling, { again, ...rule }: Rule, last: string): boolean =>
  again !== undefined &&
  c.on >= countOn(c.calendar, last, again) &&
  !Object.values(state.proposals).some((proposal) => proposal.rule === ruleName(rule));

/** It is so no more: what nobody has decided yet is withdrawn, and the rule is ready for the next time. */
function over(t: Telling, name: string): void {
  for (const { key, rule } of Object.values(t.state.proposals)) {
    if (rule === name) withdraw(t, key, 'What it rested on is so no more');
  }
  t.add({ type: 'rule over', rule: name });
}

/** What is said of a rule that says nothing itself. */
const silent = 'The policy asks for this';

/** Everything that the rule asks for is asked for at once. A letter waits until one may go, and the whole rule with it. */
function met(t: Telling, rule: Rule, name: string): void {
  const steps = rule.do.filter((step) => passedOver(step, t) === null);
  const asking = { clause: rule.source, why: rule.says ?? silent, step: null, rule: name };
  if (steps.some((step) => 'letter' in step && !letterMayBeProposed(t, asking))) return;
  const so = whySo(rule.when, t.c);
  t.add({ type: 'rule met', rule: name, clause: rule.source });
  for (const step of steps) {
    const says = 'task' in step ? step.task.says : asking.why;
    const why = so === '' ? says : `${says}. ${so}`;
    propose(t, { ...askedFirst(step), ...asking, why, inFull: so !== '' });
  }
}
