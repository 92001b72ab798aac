import { countOn } from '../calendar/count-on.ts';
import type { Day } from '../calendar/day.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import { type Rule, ruleName } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';
import { holds } from './condition.ts';
import { wantsToLook } from './delicate.ts';
import { missingSince } from './figures.ts';
import { askToLook } from './look-first.ts';
import { askForMarks } from './missing-marks.ts';
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
      if (known) over(t, rule, known);
    } else if (known?.so ? askedAgain(t, rule, known.on) : !isOpen(t, name)) met(t, rule, name);
  }
}

const askedAgain = (t: Telling, rule: Rule, last: Day): boolean =>
  rule.again !== undefined && t.c.on >= countOn(t.c.calendar, last, rule.again) && !isOpen(t, ruleName(rule));

const isOpen = ({ state }: Telling, name: string): boolean => Object.values(state.proposals).some(({ rule }) => rule === name);

/**
 * It is so no more, and the rule is ready for the next time. What nobody has decided yet is withdrawn; but not because the day is
 * past of which it spoke: then it stays until somebody has done it, unless the register comes to say otherwise of that day.
 */
function over(t: Telling, rule: Rule, { on, so }: { on: Day; so: boolean }): void {
  const name = ruleName(rule);
  const asked = Object.values(t.state.proposals).filter((proposal) => proposal.rule === name);
  if (asked.length > 0 && !(speaksOfADay(rule.when) && holds(rule.when, t.state, { ...t.c, on })))
    for (const { key } of asked) withdraw(t, key, 'What it rested on is so no more');
  if (so) t.add({ type: 'rule over', rule: name });
}

/** True of what is so on one day only, whatever comes after: "absent on the last school day", "the first day of a half-term". */
const speaksOfADay = (when: Condition): boolean =>
  conditionsIn(when).some(({ today, figure }) => today?.is !== undefined || (figure !== undefined && isOfADay(figure.of)));

const isOfADay = ({ over }: NonNullable<Condition['figure']>['of']): boolean =>
  typeof over === 'object' && over !== null && 'schoolDays' in over && over.schoolDays === 1;

/** What is said of a rule that says nothing itself. */
const silent = 'The policy asks for this';

/**
 * Everything that the rule asks for is asked for at once. A letter waits until one may go, and the whole rule with it; but not where
 * the rule speaks of a day, which does not come back: then it is asked for, cannot be approved before the marks are in, and waits
 * for whoever is to look first.
 */
function met(t: Telling, rule: Rule, name: string): void {
  const steps = rule.do.filter((step) => passedOver(step, t) === null);
  const asking = { clause: rule.source, why: rule.says ?? silent, step: null, rule: name };
  if (speaksOfADay(rule.when)) marksForLetters(t, steps);
  else if (steps.some((step) => 'letter' in step && !letterMayBeProposed(t, step, asking))) return;
  const so = whySo(rule.when, t.c);
  t.add({ type: 'rule met', rule: name, clause: rule.source });
  for (const step of steps) {
    const says = 'task' in step ? step.task.says : asking.why;
    const why = so === '' ? says : `${says}. ${so}`;
    const { action, person, due } = askedFirst(step);
    // Any other letter has been looked at by now, or has not come here.
    const look = action.what === 'letter' ? wantsToLook(t.state, t.c) : undefined;
    if (look && action.what === 'letter') askToLook(t, look, { ...asking, why }, { letter: action, by: person, due, says: why });
    else propose(t, { action, person, due, ...asking, why, inFull: so !== '' });
  }
}

function marksForLetters(t: Telling, steps: readonly Step[]): void {
  if (steps.some((step) => 'letter' in step) && missingSince(t.c).length > 0) askForMarks(t);
}
