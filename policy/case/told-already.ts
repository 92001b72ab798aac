import type { Step } from '../pack/step.ts';
import type { Circumstances } from './circumstances.ts';
import { hasFailed } from './letter-standing.ts';
import { warnedBefore } from './letters-had.ts';
import type { CaseState } from './state.ts';
import { isWorkedOn } from './step-back.ts';

/**
 * Why a step would say once more what has been said: a stage that begins anew, as that of a case which was opened again, makes no
 * second referral of what the authority has, and tells a family of one referral, or of one target that was met, once. Nor does a case
 * that follows another say again what that one did. Null if not.
 */
export function toldAlready(step: Step, { letters, referral, judged, stage }: CaseState, c: Circumstances): string | null {
  if ('referral' in step) return isWorkedOn(referral) ? 'The authority has the referral already' : null;
  if (!('letter' in step)) return null;
  const { template } = step.letter;
  const words = c.pack.stages[stage];
  if (words && warnedBefore(words, template, c)) return 'The family has had this letter this school year, in an earlier case';
  const since = { 'referral-notice': referral?.on, congratulation: judged?.until }[template as string];
  if (since === undefined) return null;
  const told = Object.values(letters).some((one) => one.template === template && !hasFailed(one.outcome) && one.on >= since);
  return told ? 'The family has been told of this already' : null;
}
