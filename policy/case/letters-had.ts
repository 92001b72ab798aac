import { schoolYearStart } from '../calendar/school-calendar.ts';
import { type TemplateId, warnings } from '../letters/templates.ts';
import type { Stage } from '../pack/stage.ts';
import type { Circumstances } from './circumstances.ts';
import { holds, lastSent, lettersThatCount } from './condition.ts';
import type { EarlierCase, EarlierLetter } from './earlier-case.ts';
import type { CaseLetter, CaseState } from './state.ts';
import { unopened } from './unopened.ts';

/**
 * The letters of a pupil's earlier cases in this school year. Those sent before attendance was well enough again to close a case do
 * not stand: of a family that had recovered the ladder asks all its steps anew.
 */
export function earlierLetters(cases: readonly EarlierCase[], c: Circumstances): EarlierLetter[] {
  const inOrder = [...cases].sort((a, b) => (a.closedOn < b.closedOn ? -1 : 1));
  const recovered = inOrder.findLastIndex(({ attendance }) => holds(c.pack.closes.when, { ...unopened(c), attendance }, c));
  return inOrder.flatMap(({ letters }, i) =>
    letters.filter(({ on }) => on >= schoolYearStart(c.on)).map((letter) => ({ ...letter, stands: i > recovered })),
  );
}

/** The letters that the pupil's family has had, or may have: of this case, and of those before it in this school year. */
export const lettersThisYear = (
  { letters }: Pick<CaseState, 'letters'>,
  { earlierLetters: before = [] }: Pick<Circumstances, 'earlierLetters'>,
): CaseLetter[] => [...Object.values(letters), ...before];

/**
 * The warning of an earlier case that a stage would only say again. Undefined if there is none, or if the stage's letter tells of a
 * time in which the family is judged: that begins with each such letter.
 */
export function warnedBefore({ wait }: Stage, template: TemplateId, c: Circumstances): CaseLetter | undefined {
  const judges = wait?.target !== undefined && (wait.from === 'letter sent' || wait.from === 'letter received');
  return judges || !warnings.includes(template) ? undefined : lastSent(lettersThatCount({ letters: {} }, c), template);
}
