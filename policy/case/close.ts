import { ruleName } from '../pack/stage.ts';
import { Refusal } from '../refusal.ts';
import type { CaseEvent } from './event.ts';
import { isYetToLeave } from './letter-standing.ts';
import { tellsOfNext } from './only-stopped.ts';
import { isToBeDone } from './proposal.ts';
import { groundsOf, propose, soon } from './propose.ts';
import { questionLetters } from './question-letters.ts';
import type { Telling } from './telling.ts';

/**
 * Closes the case at a person's word.
 * @throws Refusal('NotAllowed') while a letter waits to leave, or is held, that tells of what would not be done any more, and while
 * something is not done that the policy asks for every pupil, with a case or without.
 */
export function closeByPerson(t: Telling): void {
  const letters = Object.values(t.state.letters);
  if (letters.some((letter) => letter.template !== 'correction' && isYetToLeave(letter)))
    throw new Refusal('NotAllowed', 'A letter of this case waits to leave: call it back or let it go, then close the case');
  if (letters.some(({ outcome, template }) => outcome === 'questioned' && tellsOfNext.includes(template)))
    throw new Refusal('NotAllowed', 'A letter that tells of what comes next is held: say whether it goes, then close the case');
  const left = t.c.pack.alongside.find((rule) => rule.for === 'every pupil' && toBeDone(t).includes(ruleName(rule)));
  if (left)
    throw new Refusal('NotAllowed', `“${ruleName(left)}” does not end with the case: say first that it is done, or decline it`);
  close(t, { why: 'A person closed it', words: t.c.words });
}

/** The rules beside the ladder of which something waits that their policy does not leave open. */
export const toBeDone = ({ state }: Telling): string[] =>
  Object.values(state.proposals).flatMap((proposal) => (isToBeDone(proposal) ? (proposal.rule ?? []) : []));

/**
 * Closes the case, whatever it still asked for. What is owed to a family that a letter told wrong figures, and an answer about a
 * letter that is held, are so in a closed case too. `left` are the rules that ask anew in the next case, or if this one goes on.
 */
export function close(t: Telling, closed: Omit<Extract<CaseEvent, { type: 'closed' }>, 'type'>, left = toBeDone(t)): void {
  const owed = Object.values(t.state.proposals).filter(({ action }) => action.what === 'letter' && action.corrects);
  const unanswered = [...new Set(left)].filter((rule) => t.state.rules?.[rule]?.so);
  t.add({ type: 'closed', ...closed, ...(unanswered.length > 0 && { unanswered }) });
  questionLetters(t);
  for (const { action, person, role, sentence, evidence, dueIn } of owed)
    propose(t, {
      action,
      person,
      role,
      ...groundsOf(evidence),
      why: sentence,
      due: typeof dueIn === 'object' ? dueIn : soon,
      step: null,
      inFull: true,
    });
}
