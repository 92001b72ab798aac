import { letterCalled } from '../case/action-words.ts';
import type { CaseEvent } from '../case/event.ts';
import { choices } from '../case/proposal.ts';
import { lacking } from '../pack/evidence-needed.ts';
import { asksForThreshold } from '../pack/notice-ground.ts';
import type { Pack } from '../pack/pack.ts';
import { ruleName } from '../pack/stage.ts';
import { decider, gatedTasks } from '../pack/step.ts';
import { roles } from '../people/roles.ts';
import { aboutOf } from '../simulate/example.ts';
import { agreed } from '../simulate/people.ts';
import { neverRound } from './circles.ts';
import { type Explored, explore, type Node } from './explore.ts';
import { kindsOfPupil } from './kinds-of-pupil.ts';
import { besideStage, callForLetters, lettersBeside } from './letters-beside.ts';
import { deadlineMove, decides, lead, type Move, pauses, reopened, type Situation, type Step, stepsBack, told } from './moves.ts';
import { type PropertyId, properties, type Refute } from './properties.ts';
import { pathTo } from './reach.ts';
import { writes } from './rules-beside.ts';
import { asksOnlyOnGround, safeguarded } from './safeguarded.ts';
import { keyOf } from './situation-key.ts';
import { neverUnseen } from './unseen.ts';
import { isOpen, type World, worldOf } from './world.ts';

/** What a proof says of one promise. */
export type Verdict = { id: PropertyId; says: string; refuted: null | { why: string; path: string[] } };
/** `notTried` names the stages that no case came to, and the rules that never became so: nothing is proved of them. */
export type Proof = {
  pack: string;
  states: number;
  transitions: number;
  whole: boolean;
  verdicts: Verdict[];
  notTried?: string[];
};

/**
 * Proves or refutes what is promised of every pack, by going through all that can happen to a case up to a bound. A refutation
 * comes with the shortest way to it. What the register says, when days pass, what people decide, whether families are reached and
 * whether letters arrive are all left open; the kinds of pupils that the pack tells apart are tried.
 */
export function prove(pack: Pack, { most = 20_000 }: { most?: number } = {}): Proof {
  const refuted = new Map<PropertyId, { why: string; path: string[] }>();
  const refute: Refute = (id, node, why, last) => {
    const path = [...pathTo(node), last ?? ''].filter((step) => step !== '');
    const known = refuted.get(id);
    if (!known || path.length < known.path.length) refuted.set(id, { why, path });
  };
  const came = new Set<string>();
  const runs = kindsOfPupil(pack).map((kind) => run(worldOf(pack, kind), came, refute, most));
  return {
    pack: pack.pack,
    states: sum(runs.map(({ nodes }) => nodes.length)),
    transitions: sum(runs.map(({ transitions }) => transitions)),
    whole: runs.every(({ whole }) => whole),
    verdicts: (Object.keys(properties) as PropertyId[]).map((id) => ({
      id,
      says: properties[id],
      refuted: refuted.get(id) ?? null,
    })),
    notTried: notTried(pack, came),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** What no pupil who was tried came to. */
function notTried({ stages, alongside }: Pack, came: ReadonlySet<string>): string[] {
  const besideStages = Object.entries(stages).flatMap(([name, stage]) =>
    stage.alongside
      .filter((rule) => writes(rule) && !came.has(besideStage(name, rule.source)))
      .map((rule) => besideStage(name, ruleName(rule))),
  );
  return [
    ...Object.keys(stages)
      .map(stageNamed)
      .filter((name) => !came.has(name)),
    ...besideStages,
    ...alongside.filter((rule) => !came.has(ruleName(rule))).map(ruleName),
  ];
}

const stageNamed = (name: string): string => `The stage "${name}"`;

function run(world: World, came: Set<string>, refute: Refute, most: number): Explored {
  const look = (node: Node, step: Step, move: Move) => {
    for (const event of step.events) if (event.type === 'rule met' && !writing.has(event.rule)) came.add(event.rule);
    watch(world, node, step, move, refute);
    for (const rule of lettersBeside(world, node, step, letters)) came.add(rule);
  };
  const writing = new Set(world.pack.alongside.filter(writes).map(ruleName));
  const letters = { tried: new Set<string>(), watch: look, refute };
  const explored = explore(world, look, most);
  for (const { state } of explored.nodes) came.add(stageNamed(state.stage));
  neverRound(explored, refute);
  const ends: Ends = new Map();
  const asked = new Set<string>();
  const unseen = new Set<string>();
  const looked = new Set(explored.nodes.map(({ key }) => key));
  for (const node of explored.nodes) {
    if (!isOpen(node.state)) continue;
    lookedAtAgain(world, node, refute);
    callForLetters(world, node, look);
    onlyWhoIsNamed(world, node, asked, refute);
    neverUnseen(world, node, unseen, refute);
    for (const rule of safeguarded(world, node, refute)) came.add(rule);
    wayOut(world, node, ends, refute);
    for (const { move, step } of putOff(world, node)) {
      look(node, step, move);
      const key = keyOf(world, step.after);
      if (looked.has(key)) continue;
      looked.add(key);
      const later: Node = { ...step.after, from: node, says: step.says, key };
      lookedAtAgain(world, later, refute);
      safeguarded(world, later, refute);
      wayOut(world, later, ends, refute);
    }
  }
  return explored;
}

function lookedAtAgain(world: World, node: Node, refute: Refute): void {
  if (isOpen(node.state) && deadlineMove(world, node) === null)
    refute('deadline', node, 'Nothing ever looks at this case again by itself');
}

/**
 * Nobody but the person whom the policy names, and who stands in for them, is taken at their word: somebody else tries to agree,
 * once to each thing that each stage asks.
 */
function onlyWhoIsNamed(world: World, node: Node, asked: Set<string>, refute: Refute): void {
  const { people } = world.pack;
  for (const proposal of Object.values(node.state.proposals)) {
    if (proposal.step === null || !choices[proposal.action.what].includes('approve')) continue;
    const what = [proposal.stage, proposal.step, proposal.person, proposal.status, aboutOf(proposal.action)].join();
    if (asked.has(what)) continue;
    asked.add(what);
    const named = people[proposal.person];
    const may = [proposal.role, named && people[named['stands in']]?.role];
    const role = roles.find((one) => !may.includes(one)) ?? proposal.role;
    const says = `the ${role} agrees to what is the ${proposal.person}’s`;
    const input = decides({ ...proposal, role }, agreed(proposal, world.calendar, node.on));
    if (told(world, node, { says, on: node.on, register: node.register, input }))
      refute('approval', node, `A ${role} agrees to it, whom the policy does not name`, says);
  }
}

/** What changes when something follows, and not what. */
function putOff(world: World, node: Node): { move: Move; step: Step }[] {
  const tried = [...pauses(world, node), ...stepsBack(world, node)].flatMap((move) => {
    const step = told(world, node, move);
    return step ? [{ move, step }] : [];
  });
  const again = reopened(world, node);
  return again ? [...tried, again] : tried;
}

/** What each single step has to keep. */
function watch(world: World, node: Node, step: Step, move: Move, refute: Refute): void {
  const { pack } = world;
  for (const event of step.events) {
    if (event.type === 'letters approved') letterApproved(pack, node, event, move, step.says, refute);
    if (event.type === 'referred' && !approves(move))
      refute('approval', node, 'A referral is made although nobody approved it', step.says);
    if (event.type === 'decided' && event.choice === 'done') doneWith(node, event.key, move, step.says, refute);
    if (event.type === 'proposed') proposed(world, node, event, move, step.says, refute);
    if (event.type === 'closed' && step.after.state.referral?.status === 'accepted')
      refute('with-authority', node, 'The case closes, and the authority has it in hand', step.says);
  }
  const { state, on } = step.after;
  if (!isOpen(state)) return;
  const { monitoring, heldUntil } = state;
  if (monitoring && heldUntil === null && on >= monitoring.judgedOn && step.after.register.complete)
    refute('wait-ends', node, `The time of waiting in "${state.stage}" is over and goes on`, step.says);
}

function doneWith({ state, ...node }: Node, key: string, { input }: Move, says: string, refute: Refute): void {
  const action = state.proposals[key]?.action;
  if (action?.what !== 'task' || input.kind !== 'decision' || input.decision.choice !== 'done') return;
  const lacks = lacking(action.needs, input.decision);
  if (lacks !== null) refute('evidence', { state, ...node }, `“${action.says}” is done without: ${lacks}`, says);
}

const approves = ({ input }: Move): boolean => input.kind === 'decision' && input.decision.choice === 'approve';

function letterApproved(
  pack: Pack,
  node: Node,
  { key, template }: Extract<CaseEvent, { type: 'letters approved' }>,
  move: Move,
  says: string,
  refute: Refute,
): void {
  const proposal = node.state.proposals[key];
  if (!approves(move) || !proposal)
    return refute('approval', node, `"${letterCalled(pack, template)}" leaves although nobody approved it`, says);
  if (proposal.action.what === 'letter' && proposal.action.owed) return;
  const named =
    pack.stages[proposal.stage]?.do.flatMap((step) =>
      'letter' in step && step.letter.template === template ? [decider(step)] : [],
    ) ?? [];
  if (proposal.step !== null && !named.includes(proposal.person))
    refute(
      'approval',
      node,
      `"${letterCalled(pack, template)}" is approved by the ${proposal.person}, whom its clause does not name`,
      says,
    );
  const first = Object.values(node.state.letters).some((letter) => letter.template === 'letter-1' && letter.outcome === 'sent');
  if (template === 'letter-2' && !first) refute('order', node, 'The second letter goes although no first one has gone', says);
}

function proposed(
  world: World,
  node: Node,
  { proposal }: Extract<CaseEvent, { type: 'proposed' }>,
  move: Move,
  says: string,
  refute: Refute,
): void {
  const { action } = proposal;
  if (action.what === 'task' && gatedTasks.has(action.task) && proposal.notBy === undefined)
    refute('permission', node, `A ${action.task} is asked for without anybody having agreed to it`, says);
  const asks = (action.what === 'task' || action.what === 'permission') && action.task === 'penalty notice request';
  const rule = world.pack.alongside.find((one) => ruleName(one) === proposal.rule);
  if (asks && !approves(move) && !(rule ? asksOnlyOnGround(rule) : thresholdIsSo(world, move)))
    refute('notice-ground', node, 'A penalty notice is asked for although the threshold need not be met', says);
  if (
    action.what === 'referral request' &&
    world.pack.people[action.by]?.role === proposal.role &&
    proposal.role === 'headteacher'
  )
    refute('two-people', node, 'The headteacher asks for the referral and approves it', says);
  if (action.what === 'permission' && action.task === 'penalty notice request' && action.by === proposal.person)
    refute('two-people', node, `${proposal.person} asks for the notice and approves it`, says);
}

const thresholdIsSo = ({ figures }: World, { register }: Move): boolean =>
  figures.some((figure, i) => register.figures.has(i) && asksForThreshold(figure));

const mostSteps = 200;

/** Where a case comes to when all goes well: null if to its end, otherwise the stage in which it stays. Known of what was played. */
type Ends = Map<string, string | null>;

/** Plays on with a child who attends and people who do what is asked: the case has to close. */
function wayOut(world: World, node: Node, ends: Ends, refute: Refute): void {
  const register = {
    attendance: 10_000,
    lately: 'well' as const,
    moved: 'risen' as const,
    figures: new Set<number>(),
    complete: true,
  };
  let now: Situation = { ...node, register };
  let stays: string | null | undefined;
  const seen: string[] = [];
  for (let i = 0; i < mostSteps && stays === undefined; i++) {
    const key = keyOf(world, now);
    stays = isOpen(now.state) ? ends.get(key) : null;
    if (stays !== undefined) break;
    seen.push(key);
    const move = helpful(world, now);
    const step = move && told(world, now, move);
    if (!step) break;
    now = step.after;
  }
  const end = stays === undefined ? now.state.stage : stays;
  for (const key of seen) ends.set(key, end);
  if (end === null) return;
  refute('way-out', node, `The child attends every session, everybody does what is asked, and the case stays in "${end}"`);
}

/** What people of good will do next; and when there is nothing, time passes. */
function helpful(world: World, now: Situation): Move | null {
  const { state, on, register } = now;
  const here = (says: string, input: Move['input']): Move => ({ says, on, register, input });
  const letter = Object.entries(state.letters).find(([, { outcome }]) => outcome === 'waiting' || outcome === 'questioned');
  if (letter?.[1].outcome === 'waiting') return here('sent', { kind: 'letter outcome', letterId: letter[0], outcome: 'sent' });
  if (letter)
    return here('not sent', {
      kind: 'letter answered',
      by: lead,
      letterId: letter[0],
      how: 'do not send',
      back: 'waiting',
      textId: 'words',
    });
  const proposal = Object.values(state.proposals).find(
    ({ status, action }) => status === 'open' && action.what !== 'letter in question' && action.what !== 'missing marks',
  );
  if (proposal) return here('agreed', decides(proposal, agreed(proposal, world.calendar, on)));
  const { referral } = state;
  if (referral && (referral.status === 'made' || referral.status === 'accepted')) {
    const outcome = referral.status === 'made' ? ({ what: 'accepted' } as const) : ({ what: 'ended', how: 'closed' } as const);
    return here('the authority', { kind: 'referral outcome', referralId: referral.id, outcome });
  }
  return deadlineMove(world, now);
}
