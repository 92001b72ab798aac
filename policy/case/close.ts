import type { CaseEvent } from './event.ts';
import { propose, soon } from './propose.ts';
import { questionLetters } from './question-letters.ts';
import type { Telling } from './telling.ts';

/**
 * Closes the case, whatever it still asked for. What is owed to a family that a letter told wrong figures, and an answer about a
 * letter that is held, are so in a closed case too.
 */
export function close(t: Telling, closed: Omit<Extract<CaseEvent, { type: 'closed' }>, 'type'>): void {
  const owed = Object.values(t.state.proposals).filter(({ action }) => action.what === 'letter' && action.corrects);
  t.add({ type: 'closed', ...closed });
  questionLetters(t);
  for (const { action, person, role, sentence, evidence, dueIn } of owed)
    propose(t, {
      action,
      person,
      role,
      clause: evidence.clause,
      why: sentence,
      due: typeof dueIn === 'object' ? dueIn : soon,
      step: null,
      inFull: true,
    });
}
