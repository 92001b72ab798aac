import type { Day } from '../calendar/day.ts';
import { schoolDaysBetween } from '../calendar/school-calendar.ts';
import { type Rule, ruleName } from '../pack/stage.ts';
import { wantsToLook } from './delicate.ts';
import { askToLook } from './look-first.ts';
import { mustWaitForMarks } from './missing-marks.ts';
import { letterMayBeProposed, passedOver } from './next-step.ts';
import { propose } from './propose.ts';
import { daySpokenOf, isDueAgain, isSo, speaksOfADay, wasSo } from './rule-so.ts';
import type { RuleKnown } from './state.ts';
import { askedFirst } from './step.ts';
import type { Telling } from './telling.ts';
import { figuresSo, whySo } from './why-so.ts';
import { withdraw } from './withdraw.ts';

/**
 * Acts on the rules that stand beside every stage, such as a contact on the first day of absence. They wait for nothing: not for
 * the ladder, not for a decision, not for the end of a hold. A rule is acted on when it becomes so, and again only as it says. What
 * a person has said to be so stands until it is done, whatever the register comes to.
 */
export function alwaysBeside(t: Telling): void {
  for (const rule of t.c.pack.alongside) {
    const name = ruleName(rule);
    const known = t.state.rules?.[name];
    if (!isSo(rule, t.state, t.c)) {
      if (known && !(known.said && isOpen(t, name))) over(t, rule, known);
    } else if (known?.so ? askedAgain(t, rule, known) : !isOpen(t, name)) met(t, rule, name);
  }
}

/** Who has said that it is so is not asked again while it is. */
const askedAgain = (t: Telling, rule: Rule, { on, said }: RuleKnown): boolean =>
  !said && isDueAgain(rule, on, t.c) && !isOpen(t, ruleName(rule));

const isOpen = ({ state }: Telling, name: string): boolean => Object.values(state.proposals).some(({ rule }) => rule === name);

/**
 * It is so no more, and the rule is ready for the next time. What nobody has decided yet is withdrawn; but not because the day is
 * past of which it spoke: then it stays until somebody has done it, unless the register comes to say otherwise of that day, and of
 * each day since on which it would have been asked as well.
 */
function over(t: Telling, rule: Rule, { on, so }: RuleKnown): void {
  const name = ruleName(rule);
  const asked = Object.values(t.state.proposals).filter((proposal) => proposal.rule === name);
  if (asked.length > 0 && !(speaksOfADay(rule) && wasSoSince(t, rule, on)))
    for (const { key } of asked) withdraw(t, key, 'What it rested on is so no more');
  if (so) t.add({ type: 'rule over', rule: name });
}

const wasSoSince = ({ c, state }: Telling, rule: Rule, since: Day): boolean =>
  schoolDaysBetween(c.calendar, since, c.on).some((on) => wasSo(rule, on, state, c));

/** What is said of a rule that says nothing itself. */
const silent = 'The policy asks for this';

/**
 * Everything that the rule asks for is asked for at once. A letter waits until one may go, and the whole rule with it; but not where
 * the rule speaks of a day, which does not come back: then it is asked for, cannot be approved before the marks are in, and waits
 * for whoever is to look first.
 */
function met(t: Telling, rule: Rule, name: string): void {
  const steps = rule.do.filter((step) => passedOver(step, t) === null);
  const on = daySpokenOf(rule, t.c);
  const figures = figuresSo(rule.when, on === t.c.on ? t.c : { ...t.c, on });
  const asking = { clause: rule.source, figures, why: rule.says ?? silent, step: null, rule: name };
  const letters = steps.filter((step) => 'letter' in step);
  if (letters.length > 0 && speaksOfADay(rule)) mustWaitForMarks(t);
  else if (letters.some((step) => !letterMayBeProposed(t, step, asking))) return;
  const so = whySo(figures);
  t.add({ type: 'rule met', rule: name, clause: rule.source, ...(on !== t.c.on && { of: on }) });
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
