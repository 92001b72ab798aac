import type { Circumstances } from '../case/circumstances.ts';
import { tell } from '../case/decide.ts';
import { openingStage } from '../case/opening.ts';
import { deadlineMove, lead, type Move, movesFrom, type Situation, type Step, told } from './moves.ts';
import { entersStage, type Passing } from './passing.ts';
import { type Reached, reach } from './reach.ts';
import { figuresBeside } from './rules-beside.ts';
import { keyOf, timeRuns } from './situation-key.ts';
import { circumstancesIn, type FigureAsked, firstDay, isOpen, type Register, type World } from './world.ts';

/** A situation that can come about. */
export type Node = Reached<Situation>;

/** `passing` says of each situation, by its key, what comes of it when nothing happens but that days pass. */
export type Explored = { nodes: readonly Node[]; transitions: number; whole: boolean; passing: ReadonlyMap<string, Passing> };

/** Called with each step that can happen; it says what is wrong with it, if anything is. */
export type Watch = (before: Node, step: Step, move: Move) => void;

/**
 * Goes through every situation that a case of the pack can come to. Situations that differ only in their days and counts are one.
 */
export function explore(world: World, watch: Watch, most: number): Explored {
  let transitions = 0;
  const passing = new Map<string, Passing>();
  function* next(node: Node): Iterable<Node> {
    if (!isOpen(node.state)) return;
    for (const move of movesFrom(world, node)) {
      const step = told(world, node, move);
      if (!step) continue;
      transitions++;
      watch(node, step, move);
      yield reached(step, node, keyOf(world, step.after));
    }
    const { later, enters } = wait(world, node, watch);
    passing.set(node.key, { to: later?.key ?? node.key, enters });
    if (later) yield later;
  }
  const { nodes, whole } = reach(openings(world, watch), next, most);
  return { nodes, transitions, whole, passing };
}

/** Where a step leads. Written out, since copying and adding takes ten times as long. */
const reached = ({ after: { state, on, register }, says }: Step, from: Node, key: string): Node => ({
  state,
  on,
  register,
  from,
  says,
  key,
});

/**
 * Every way in which a case begins: at each level of attendance at which the pack opens one, at others by what stands beside, and
 * at all of them for a concern, where the pack opens one so.
 */
function openings(world: World, watch: Watch): Node[] {
  const begun = (c: Circumstances, register: Register, says: string, input: First): Node => {
    const { events, state } = tell(null, { key: 'opened', ...input }, c);
    const opened = { state, on: firstDay, register };
    const node = { ...opened, from: null, says, key: keyOf(world, opened) };
    watch(node, { says: '', events, after: opened }, { says: '', on: firstDay, register, input });
    return node;
  };
  return world.levels.flatMap((attendance): Node[] => {
    const register: Register = { attendance, lately: 'badly', moved: null, figures: new Set(), complete: true };
    const at = `at ${attendance / 100}%`;
    const here = (figures?: readonly FigureAsked[]) => circumstancesIn(world, firstDay, register, figures);
    const c = openingStage(here()) === null ? here(figuresBeside(world)) : here();
    return [
      ...(openingStage(c) === null ? [] : [begun(c, register, `a case opens ${at}`, { kind: 'opened' })]),
      ...(world.pack['concern opens'] === undefined
        ? []
        : [begun(here(), register, `a case is opened for a concern ${at}`, concern)]),
    ];
  });
}

type First = Extract<Move['input'], { kind: 'opened' | 'concern' }>;
const concern: First = { kind: 'concern', by: lead, textId: '' };

/** A decision is reminded of and asked of somebody else on the first days, which changes nothing on the ladder but is looked at. */
const leastDays = 3;
const mostDays = 40;

/** Lets the days that the case itself asks for come, until one makes a difference, or none can any more. */
function wait(world: World, node: Node, watch: Watch): { later: Node | null; enters: string[] } {
  let now: Situation = node;
  const enters: string[] = [];
  for (let i = 0; i < leastDays || (i < mostDays && timeRuns(world, now)); i++) {
    const move = deadlineMove(world, now);
    const step = move && told(world, now, move);
    if (!move || !step) break;
    watch(node, step, move);
    enters.push(...entersStage(step));
    now = step.after;
    const key = keyOf(world, now);
    if (key !== node.key) return { later: reached(step, node, key), enters };
    // It has gone round, and would again.
    if (enters.length > 0) break;
  }
  return { later: null, enters };
}
