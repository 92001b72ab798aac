import type { AuthorityProfile } from '../../referral/authority.ts';
import { deadlineOf } from '../../referral/deadline.ts';
import { decide } from '../../referral/decide.ts';
import { evolve } from '../../referral/evolve.ts';
import type { Tool } from '../../referral/words.ts';
import { pathTo, type Reached, reach } from '../reach.ts';
import { brokenBy, brokenByRefusal } from './broken.ts';
import { allFacts, firstDay, oneAgainst, ordinary } from './facts.ts';
import { besideOf, dayMove, holds, type Move, movesFrom, type Rules, type Situation, told, type World } from './moves.ts';
import { type Broken, type PromiseId, promises } from './promises.ts';
import { keyOf } from './referral-key.ts';
import { wayOut } from './way-out.ts';

type Node = Reached<Situation>;
type Refute = (node: Node | null, broken: readonly Broken[], last: string) => void;
type Refuted = { why: string; path: string[] };

/** What is promised of an authority's side, and what a proof says of it. */
export type AuthorityProof = {
  authority: string;
  states: number;
  transitions: number;
  whole: boolean;
  verdicts: { id: PromiseId; says: string; refuted: Refuted | null }[];
};

const product: Rules = { decide, evolve, deadlineOf };

/**
 * Proves or refutes what is promised of an authority's side, by going through all that can happen to a referral up to a bound. A
 * refutation comes with the shortest way to it. Each tool is tried alone, with everybody trying to decide and everything that can be so
 * or not; and each two tools side by side, after one earlier notice. `until` goes no further than its refutation.
 */
export function proveAuthority(
  profile: AuthorityProfile,
  { rules = product, most = 5_000, until }: { rules?: Rules; most?: number; until?: PromiseId } = {},
): AuthorityProof {
  const refuted = new Map<PromiseId, Refuted>();
  const refute: Refute = (node, broken, last) => {
    for (const { id, why } of broken) {
      const path = [...(node ? pathTo(node) : []), last].filter((step) => step !== '');
      const known = refuted.get(id);
      if (!known || path.length < known.path.length) refuted.set(id, { why, path });
    }
  };
  const enough = () => until !== undefined && refuted.has(until);
  const runs = worldsOf(profile, rules).map((world) => run(world, refute, enough, most));
  const sum = (of: (one: Run) => number) => runs.reduce((so, one) => so + of(one), 0);
  return {
    authority: profile.authority,
    states: sum(({ nodes }) => nodes),
    transitions: sum(({ transitions }) => transitions),
    whole: runs.every(({ whole }) => whole),
    verdicts: (Object.keys(promises) as PromiseId[]).map((id) => ({ id, says: promises[id], refuted: refuted.get(id) ?? null })),
  };
}

const beside: readonly Tool[] = ['prosecution to consider', 'attendance contract', 'notice to improve', 'penalty notice'];

/** Each tool alone, with all facts and everybody; then each two of them, after one earlier notice, with one thing against at a time. */
function worldsOf(profile: AuthorityProfile, rules: Rules): World[] {
  const alone = ['education supervision order' as const, ...beside].map((tool): World => {
    const usual = ordinary(0);
    const tools = [tool, 'no action'] as const;
    return { profile, rules, tools, everybody: true, usual, lawful: allFacts, beside: oneAgainst(usual) };
  });
  const pairs = beside.flatMap((one, i) =>
    beside.slice(i + 1).map((other): World => {
      const usual = ordinary(1);
      const tools = [one, other, 'no action'] as const;
      return { profile, rules, tools, everybody: false, usual, lawful: oneAgainst(usual), beside: oneAgainst(usual) };
    }),
  );
  return [...alone, ...pairs.reverse()];
}

type Run = { nodes: number; transitions: number; whole: boolean };

function run(world: World, refute: Refute, enough: () => boolean, most: number): Run {
  let transitions = 0;
  const ends = new Set<string>();
  const follow = (node: Node, move: Move, from: Situation = node): Node | null => {
    const step = told(world, from.state, move);
    if (!step) {
      refute(node, brokenByRefusal(from.state, move), move.says);
      return null;
    }
    transitions++;
    refute(node, brokenBy(world, from.state, move, step), step.says);
    return { ...step.after, from: node, says: step.says, key: keyOf(step.after) };
  };
  const playOn = (node: Node) => {
    if (wayOut(world, node, ends)) return;
    refute(node, [{ id: 'way-out', why: 'The officer ends all that can be ended, and the referral stays open' }], '');
  };
  function* next(node: Node): Iterable<Node> {
    if (node.state.status === 'closed' || enough()) return;
    playOn(node);
    for (const move of movesFrom(world, node)) yield* some(follow(node, move));
    for (const facts of besideOf(world, node.state)) yield* some(later(node, facts));
    for (const move of holds(world, node)) {
      for (const held of some(follow(node, move))) {
        playOn(held);
        later(held, world.usual);
      }
    }
  }
  const later = (node: Node, facts: World['usual']): Node | null => {
    let now: Situation = node;
    for (let i = 0; i < mostDays; i++) {
      const move = dayMove(world, now, facts);
      const after = move && follow(node, move, now);
      if (!after || after.key !== node.key) return after;
      now = after;
    }
    return null;
  };
  const { nodes, whole } = reach(opening(world, refute), next, most);
  return { nodes: nodes.length, transitions, whole };
}

const mostDays = 12;
const some = <T>(one: T | null): T[] => (one === null ? [] : [one]);

/** How a referral begins. */
function opening(world: World, refute: Refute): Node[] {
  const move: Move = { says: 'the school refers', on: firstDay, facts: world.usual, input: { kind: 'opened' }, words: null };
  const step = told(world, null, move);
  if (!step) return [];
  refute(null, brokenBy(world, step.after.state, move, step), step.says);
  return [{ ...step.after, from: null, says: step.says, key: keyOf(step.after) }];
}
