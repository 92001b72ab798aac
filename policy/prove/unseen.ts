import { choices } from '../case/proposal.ts';
import { remembered } from '../remembered.ts';
import { aboutOf } from '../simulate/example.ts';
import { agreed } from '../simulate/people.ts';
import type { Node } from './explore.ts';
import { kindsOfPupil } from './kinds-of-pupil.ts';
import { decides, told } from './moves.ts';
import type { Refute } from './properties.ts';
import type { World } from './world.ts';

/**
 * Something comes on record of a child of whom nothing was known, for which the policy does otherwise: whoever read before what is
 * asked agrees to it, at once or when the case has heard. Neither is taken. Tried once with each thing that each stage asks.
 */
export function neverUnseen(world: World, node: Node, tried: Set<string>, refute: Refute): void {
  const recorded = withFlags(world);
  if (!recorded) return;
  const { on, register, state } = node;
  for (const proposal of Object.values(state.proposals)) {
    if (proposal.step === null || !choices[proposal.action.what].includes('approve')) continue;
    const what = [proposal.stage, proposal.step, proposal.person, proposal.status, aboutOf(proposal.action)].join();
    if (tried.has(what)) continue;
    tried.add(what);
    const agrees = { says: `the ${proposal.person} agrees to what was asked before`, on, register };
    const move = { ...agrees, input: decides(proposal, agreed(proposal, world.calendar, on)) };
    const heard = told(recorded, node, { says: 'it is recorded', on, register, input: { kind: 'register changed' } });
    for (const then of [node, ...(heard ? [heard.after] : [])])
      if (told(recorded, then, move)) refute('unseen', node, 'It is agreed to as it was read before', move.says);
  }
}

/** The same world with all on record that the pack does otherwise for, where nothing is and the pack does. */
const withFlags = remembered(({ last: _, ...world }: World): World | null => {
  const flags = kindsOfPupil(world.pack).find((kind) => kind.flags.length > 0)?.flags ?? [];
  const { softens, cohorts } = world.pack;
  const otherwise = [...(softens ? [softens] : []), ...cohorts].flatMap((one) => one.for);
  if (world.flags.length > 0 || otherwise.length === 0) return null;
  return { ...world, always: { ...world.always, flags } };
});
