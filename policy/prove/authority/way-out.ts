import { ending } from './answers.ts';
import { dayMove, decides, type Move, personOf, type Situation, told, type World } from './moves.ts';
import { keyOf } from './referral-key.ts';

const mostSteps = 60;

/**
 * Plays on with people who decline what they can and end what they may, under facts that stay: true if the referral comes to its end.
 * Where the end is known already from (`ends`), it is not played again.
 */
export function wayOut(world: World, from: Situation, ends: Set<string>): boolean {
  let now = from;
  const seen: string[] = [];
  for (let i = 0; i < mostSteps; i++) {
    const key = keyOf(now);
    seen.push(key);
    if (now.state.status === 'closed' || ends.has(key)) {
      for (const known of seen) ends.add(known);
      return true;
    }
    const step = firstAllowed(world, now);
    if (!step) return false;
    now = step;
  }
  return false;
}

function firstAllowed(world: World, now: Situation): Situation | null {
  for (const move of [...endings(world, now), dayMove(world, now)]) {
    const step = move && told(world, now.state, move);
    if (step) return step.after;
  }
  return null;
}

/** What brings a referral nearer to its end. What is done next is asked last: the answer to it ends the referral. */
function endings({ usual }: World, { state, on }: Situation): Move[] {
  const open = Object.values(state.proposals).filter(({ status }) => status === 'open');
  const last = (what: string) => (what === 'decide tool' ? 1 : 0);
  return open
    .sort((a, b) => last(a.action.what) - last(b.action.what))
    .map((proposal) => ({
      ...{ says: '', on, facts: usual, words: 'why' },
      input: decides(proposal, personOf(proposal.role), ending(proposal)),
    }));
}
