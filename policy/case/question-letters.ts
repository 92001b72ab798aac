import { approverOf, whyHeld } from './ground.ts';
import { isYetToLeave } from './letter-standing.ts';
import { canOnlyBeStopped, onlyStopped } from './only-stopped.ts';
import type { Proposal } from './proposal.ts';
import { howOf, propose } from './propose.ts';
import type { CaseLetter } from './state.ts';
import type { Telling } from './telling.ts';

/**
 * Holds what has not left and has lost its ground, or would say what the register does not, and asks a person: at once when
 * the register changes, and not only when the letter's time comes.
 */
export function questionLetters(t: Telling): void {
  for (const [letterId, letter] of Object.entries(t.state.letters)) {
    const why = isYetToLeave(letter) ? whyHeld(letter, t.state, t.c) : null;
    if (why !== null) t.add({ type: 'letter outcome', letterId, outcome: 'questioned', why });
  }
  for (const [letterId, letter] of Object.entries(t.state.letters)) {
    const asked = Object.values(t.state.proposals).find(
      ({ action }) => action.what === 'letter in question' && action.letterId === letterId,
    );
    if (letter.outcome === 'questioned') ask(t, letterId, letter, asked);
    else if (asked) t.add({ type: 'withdrawn', key: asked.key, why: 'The letter is no longer held' });
  }
}

function ask(t: Telling, letterId: string, letter: CaseLetter, asked: Proposal | undefined): void {
  const stands = whyHeld(letter, t.state, t.c) ?? 'The register moved back, and the letter may go as it is';
  const stopped = canOnlyBeStopped(letter.template, t.state.status);
  const why = `${stands}. ${stopped ? onlyStopped : 'It is held until you say whether it goes'}`;
  if (!asked) {
    const action = { what: 'letter in question', template: letter.template, letterId } as const;
    propose(t, { action, ...approverOf(t.c.pack, letter), why, due: { n: 1, unit: 'school day' }, step: null, inFull: true });
  } else if (asked.sentence !== why) {
    const { attendance, upTo } = t.state;
    const moved = {
      attendance,
      upTo,
      ...howOf(t.state),
      sentence: why,
      changed: 'The figures moved since you were asked',
      why: stands,
    };
    t.add({ type: 'revised', key: asked.key, version: asked.version + 1, ...moved });
  }
}
