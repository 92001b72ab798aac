import type { Stage } from '../pack/stage.ts';
import type { Proposal } from './proposal.ts';
import type { CaseState } from './state.ts';

/**
 * Which time a target that a meeting agrees is judged at the end of: the one that runs, or the next of the stage whose meeting it
 * is. Null if none follows: then no target is agreed, since nobody would look at it.
 */
export function timeForTarget(
  { monitoring, target, waited }: Pick<CaseState, 'monitoring' | 'target' | 'waited'>,
  { step }: Pick<Proposal, 'step'>,
  stage: Stage | undefined,
): 'running' | 'next' | null {
  if (monitoring) return 'running';
  return step !== null && stage?.wait && target === null && !waited ? 'next' : null;
}
