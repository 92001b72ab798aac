import { letterCalled } from '../case/action-words.ts';
import { holds } from '../case/condition.ts';
import { daysOf } from '../case/condition-days.ts';
import type { Proposal } from '../case/proposal.ts';
import { type Rule, ruleName } from '../pack/stage.ts';
import { decider } from '../pack/step.ts';
import { roles } from '../people/roles.ts';
import { agreed } from '../simulate/people.ts';
import type { Node, Watch } from './explore.ts';
import { decides, type Move, type Step, told } from './moves.ts';
import type { Refute } from './properties.ts';
import { lettersCalledFor, writingRules } from './rules-beside.ts';
import { circumstancesIn, type World } from './world.ts';

/** Every rule beside all stages that writes becomes so wherever the case stands: today, or on the day of which it speaks. */
export function callForLetters(world: World, node: Node, watch: Watch): void {
  for (const rule of writingRules(world)) {
    const move = node.state.rules?.[ruleName(rule)]?.so ? null : becomingSo(world, node, rule);
    const step = move && told(world, node, move, lettersCalledFor(world));
    if (move && step) watch(node, step, move);
  }
}

function becomingSo(world: World, { state, on, register: now }: Node, rule: Rule): Move | null {
  const figures = lettersCalledFor(world);
  for (const day of [on, ...daysOf(rule.when, state, circumstancesIn(world, on, now, figures))])
    for (const attendance of [now.attendance, ...world.allLevels]) {
      const register = { ...now, attendance };
      const noted = { ...state, attendance: { attended: attendance, possible: 10_000 } };
      if (holds(rule.when, noted, circumstancesIn(world, day, register, figures)))
        return { says: `it becomes so: ${ruleName(rule)}`, on: day, register, input: { kind: 'register changed' } };
    }
  return null;
}

/**
 * Letters that are asked for beside the ladder, beside all stages or one: whom the clause names is asked, somebody else is not taken
 * at their word, and what follows when the person agrees is looked at like every other step. Once with each that each stage asks.
 * @returns the names of the rules whose letters were agreed to.
 */
export function lettersBeside(
  world: World,
  node: Node,
  step: Step,
  { tried, watch, refute }: { tried: Set<string>; watch: Watch; refute: Refute },
): string[] {
  return step.events.flatMap((event) => {
    if (event.type !== 'proposed' || !isBeside(event.proposal)) return [];
    const { proposal } = event;
    const { stage, person, evidence } = proposal;
    const what = [stage, nameOf(proposal), evidence.clause, person, proposal.action.template].join();
    if (tried.has(what)) return [];
    const later: Node = { ...step.after, from: node, says: step.says, key: node.key };
    if (!isTaken(world, later, proposal, watch, refute)) return [];
    tried.add(what);
    return [nameOf(proposal)];
  });
}

type LetterBeside = Proposal & { action: Extract<Proposal['action'], { what: 'letter' }> };

const isBeside = (proposal: Proposal): proposal is LetterBeside =>
  proposal.step === null && proposal.action.what === 'letter' && !proposal.action.corrects;

/** What a rule beside the ladder is called where a proof names it. */
export const besideStage = (stage: string, rule: string): string => `Beside the stage "${stage}": ${rule}`;

const nameOf = ({ rule, stage, evidence }: Proposal): string => rule ?? besideStage(stage, evidence.clause);

/** True if whoever is asked can agree to it: a letter may have to wait for marks. */
function isTaken(world: World, node: Node, proposal: LetterBeside, watch: Watch, refute: Refute): boolean {
  const { people } = world.pack;
  const { on, register } = node;
  const { person, role } = proposal;
  const called = letterCalled(world.pack, proposal.action.template);
  if (!namedFor(world, proposal).includes(person))
    refute('approval', node, `“${called}” is for the ${person} to approve, whom its clause does not name`);
  const named = people[person];
  const may = [role, named && people[named['stands in']]?.role];
  const other = roles.find((one) => !may.includes(one)) ?? role;
  const agrees = (by: typeof role, says: string): Move => {
    return { says, on, register, input: decides({ ...proposal, role: by }, agreed(proposal, world.calendar, on)) };
  };
  const intrudes = agrees(other, `the ${other} agrees to what is the ${person}’s`);
  if (told(world, node, intrudes))
    refute('approval', node, `A ${other} agrees to it, whom the policy does not name`, intrudes.says);
  const move = agrees(role, `${called}: the ${person} agrees`);
  const step = told(world, node, move);
  if (step) watch(node, step, move);
  return step !== null;
}

/** Who approves this letter, as the clause that asked for it says. */
function namedFor({ pack }: World, { rule, stage, evidence, action }: LetterBeside): string[] {
  const rules =
    rule === undefined
      ? (pack.stages[stage]?.alongside.filter(({ source }) => source === evidence.clause) ?? [])
      : pack.alongside.filter((one) => ruleName(one) === rule);
  return rules.flatMap(({ do: steps }) =>
    steps.flatMap((step) => ('letter' in step && step.letter.template === action.template ? [decider(step)] : [])),
  );
}
