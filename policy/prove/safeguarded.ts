import { holds } from '../case/condition.ts';
import type { CaseEvent } from '../case/event.ts';
import { choices, type Proposal } from '../case/proposal.ts';
import { impliesThreshold } from '../pack/notice-ground.ts';
import { type Rule, ruleName } from '../pack/stage.ts';
import { gatedTasks, type Step } from '../pack/step.ts';
import type { Node } from './explore.ts';
import { decides, type Move, type Situation, told } from './moves.ts';
import type { Refute } from './properties.ts';
import { figuresBeside, groundsOf, rulesBeside } from './rules-beside.ts';
import { circumstancesIn, isOpen, type World } from './world.ts';

/**
 * Every rule beside the ladder is acted on wherever the case stands, as soon as it becomes so, and what it asks for is agreed to.
 * @returns the names of the rules that became so.
 */
export function safeguarded(world: World, node: Node, refute: Refute): string[] {
  const became = becomingSo(world, node);
  for (const { rules, move, from } of became) {
    const step = told(world, from, move, figuresBeside(world));
    if (!step) continue;
    const met = new Set(step.events.flatMap((event) => (event.type === 'rule met' ? [event.rule] : [])));
    for (const rule of rules.filter((one) => !met.has(ruleName(one))))
      refute('safeguarding', node, `"${ruleName(rule)}" becomes so, and nothing is asked for`, becomes(rule));
    for (const event of step.events) {
      const rule = event.type === 'proposed' && world.pack.alongside.find((one) => ruleName(one) === event.proposal.rule);
      if (!rule || event.type !== 'proposed') continue;
      proposedBeside(rule, node, event, refute);
      if (isStopped(world, step.after, event.proposal))
        refute('safeguarding', node, `Nobody can agree to what "${ruleName(rule)}" asks for`, becomes(rule));
    }
  }
  return became.flatMap(({ rules }) => rules.map(ruleName));
}

/** True if what is asked for beside the ladder needs somebody's word, and the case does not take it. */
const isStopped = (world: World, { state, on, register }: Situation, { key, action, person }: Proposal): boolean => {
  const proposal = isOpen(state) ? state.proposals[key] : undefined;
  if (!proposal || !choices[action.what].includes('approve')) return false;
  const input = decides(proposal, { choice: 'approve' });
  // What became so still is: otherwise all of it would be taken back again, each time that somebody is asked.
  return (
    told(world, { state, on, register }, { says: `the ${person} agrees`, on, register, input }, figuresBeside(world)) === null
  );
};

const becomes = (rule: Rule): string => `it becomes so: ${ruleName(rule)}`;

function proposedBeside(rule: Rule, node: Node, { proposal }: Extract<CaseEvent, { type: 'proposed' }>, refute: Refute): void {
  const { action } = proposal;
  if (action.what === 'task' && gatedTasks.has(action.task))
    refute('permission', node, `A ${action.task} is asked for without anybody having agreed to it`, becomes(rule));
  const asks = 'task' in action && action.task === 'penalty notice request';
  if (asks && !asksOnlyOnGround(rule))
    refute('notice-ground', node, 'A penalty notice is asked for although the threshold need not be met', becomes(rule));
  if (asks && action.what === 'permission' && action.by === proposal.person)
    refute('two-people', node, `${proposal.person} asks for the notice and approves it`, becomes(rule));
}

/** True of a rule that asks for no penalty notice but where the national threshold is met. */
export const asksOnlyOnGround = (rule: Rule): boolean =>
  rule.do.every((step) => isNoNotice(step) || groundsOf(rule, step).some(impliesThreshold));

const isNoNotice = (step: Step): boolean => !('task' in step && step.task.what === 'penalty notice request');

/** The case, and where a rule asks for support that was offered, the same case with it. */
const withSupport = ({ offers }: World, situation: Situation): Situation[] =>
  offers.length === 0 ? [situation] : [situation, { ...situation, state: { ...situation.state, offers: [...offers] } }];

/**
 * The register moves so that all rules become so at once that can: at the attendance that there is, and those that ask for another at
 * the first level at which they are. None stands in the way of another, so that each is acted on as if it were alone.
 */
function becomingSo(world: World, situation: Situation): { rules: Rule[]; move: Move; from: Situation }[] {
  const found: { rules: Rule[]; move: Move; from: Situation }[] = [];
  let left = rulesBeside(world).filter((rule) => !situation.state.rules?.[ruleName(rule)]?.so);
  for (const from of withSupport(world, situation))
    for (const attendance of [from.register.attendance, ...world.allLevels]) {
      if (left.length === 0) break;
      const register = { ...from.register, attendance };
      const c = circumstancesIn(world, from.on, register, figuresBeside(world));
      const rules = left.filter(({ when }) => holds(when, from.state, c));
      if (rules.length === 0) continue;
      left = left.filter((rule) => !rules.includes(rule));
      found.push({ rules, from, move: { says: 'it becomes so', on: from.on, register, input: { kind: 'register changed' } } });
    }
  return found;
}
