import { delicateFlags, type Look } from './delicate.ts';
import type { LetterAfter } from './proposal.ts';
import { propose, soon, type Wish } from './propose.ts';
import type { Telling } from './telling.ts';

/** What asks for a letter: a step of the ladder, or what stands beside it and has no step. */
export type Asking = Pick<Wish, 'clause' | 'figures' | 'why' | 'step' | 'rule'>;

/** Asks whoever the policy names to look, at all that makes the pupil's case delicate, before a letter goes. */
export function askToLook(t: Telling, look: Look, { why, ...asking }: Asking, waits?: LetterAfter): void {
  propose(t, {
    action: { what: 'review', flags: delicateFlags(t.c.pack, t.c.flags), ...(waits && { waits }) },
    person: look['review by'],
    why: `${why}. Look before a letter goes`,
    due: soon,
    ...asking,
  });
}

/** Asks for the letter that waited beside the ladder until somebody had looked. */
export function lookedBefore(t: Telling, { letter, by, due, says }: LetterAfter, asking: Omit<Asking, 'why'>): void {
  propose(t, { action: letter, person: by, due, why: says, ...asking });
}
