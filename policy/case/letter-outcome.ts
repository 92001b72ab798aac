import { putBack } from './decisions.ts';
import type { LetterOutcome } from './input.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';

const failed: readonly LetterOutcome[] = ['recalled', 'stopped', 'refused', 'bounced'];

/** Notes how a letter ended. If none of a step's letters will reach anybody, the step is asked about again later. */
export function letterEnded(t: Telling, letterId: string, outcome: LetterOutcome): void {
  const letter = t.state.letters[letterId];
  if (!letter || letter.outcome === outcome) return;
  t.add({ type: 'letter outcome', letterId, outcome });
  const same = Object.values(t.state.letters).filter(({ proposal }) => proposal === letter.proposal);
  if (!same.every((other) => other.outcome !== 'waiting' && failed.includes(other.outcome))) return;
  const step = stageOf(t).do.findIndex((one) => 'letter' in one && one.letter.template === letter.template);
  if (step >= 0) putBack(t, step, outcome === 'recalled' ? 'The letter was recalled' : 'The letter reached nobody');
}
