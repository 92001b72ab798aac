import { addSchoolDays } from '../calendar/school-calendar.ts';
import { after, apart, type TemplateId } from '../letters/templates.ts';
import { decider, type Step } from '../pack/step.ts';
import { holds, isOut } from './condition.ts';
import { noSuchLetter, wantsToLook } from './delicate.ts';
import { isMetNoMore } from './judged.ts';
import { hasFailed } from './letter-standing.ts';
import { lettersThisYear } from './letters-had.ts';
import { type Asking, askToLook } from './look-first.ts';
import { marksAreIn, mustWaitForMarks } from './missing-marks.ts';
import { propose, soon, type Wish } from './propose.ts';
import { stageOf } from './stage.ts';
import { askedFirst } from './step.ts';
import type { Telling } from './telling.ts';
import { toldAlready } from './told-already.ts';
import { ledTo } from './why-so.ts';

/** Proposes the stage's next step, if nothing stands in its way. */
export function nextStep(t: Telling): void {
  const { state, c } = t;
  const stage = stageOf(t);
  const step = stage.do[state.step];
  if (!step || Object.values(state.proposals).some((proposal) => proposal.step !== null)) return;
  if (state.askAgainOn !== null && c.on < state.askAgainOn) return;
  if (stage['only while'] && !holds(stage['only while'], state, c)) return;
  const passed = passedOver(step, t);
  if (passed) return t.add({ type: 'step passed over', step: state.step, ...passed });
  const asking = { clause: stage.source, figures: ledTo(t), step: state.step };
  if ('letter' in step && !letterMayBeProposed(t, step, { ...asking, why: stage.says })) return;
  if ('referral' in step && mustWaitForMarks(t)) return;
  const owed = 'letter' in step ? owedLetter(t, step.letter.template) : null;
  if (owed === 'on its way') return;
  if (owed) return propose(t, { ...owed, step: state.step });
  const why = 'referral' in step && wasReturned(t) ? returned : stage.says;
  propose(t, { ...askedFirst(step), ...asking, why });
}

const returned = 'The authority returned the referral: complete what it found missing, then refer again';

/** True if the authority has returned what this stage referred. */
const wasReturned = ({ state: { referral, stageSince } }: Telling): boolean =>
  referral?.status === 'returned' && referral.on >= stageSince;

type OwedLetter = Pick<Wish, 'action' | 'person' | 'due' | 'clause' | 'why'>;

/**
 * The letter that the family should have had before this one, if it never reached them: recalled, refused or come back. It is
 * proposed first, under its own clause. On its way is one that may still reach them, or may have without anybody knowing. Null
 * if nothing is owed, or the policy sends this family no such letter.
 */
export function owedLetter(t: Telling, template: TemplateId): OwedLetter | 'on its way' | null {
  const { state, c } = t;
  const earlier = after[template];
  if (earlier === undefined) return null;
  const letters = lettersThisYear(state, c).filter((letter) => letter.template === earlier);
  if (letters.some(isOut)) return null;
  if (letters.some(({ outcome }) => !hasFailed(outcome))) return 'on its way';
  // Where a case passed several letters at once, the first of them goes first.
  const first = owedLetter(t, earlier);
  if (first !== null) return first;
  for (const { do: steps, source } of Object.values(c.pack.stages)) {
    const sends = steps.find((step) => 'letter' in step && step.letter.template === earlier);
    if (!sends || !('letter' in sends) || passedOver(sends, t)) continue;
    const action = { what: 'letter', template: earlier, enclose: sends.letter.enclose, owed: true } as const;
    const why = 'The family has not had the letter that comes before this step: send it first';
    return { action, person: decider(sends), due: soon, clause: source, why };
  }
  return null;
}

/** Why a letter does not go yet that another one has to come before. */
export const notBefore = (owed: NonNullable<ReturnType<typeof owedLetter>>): string =>
  owed === 'on its way'
    ? 'The letter that comes before this one is not known to have gone'
    : 'The letter that comes before this one reached nobody';

/** Why a family is not congratulated. */
export const metNoMore = 'The register was corrected, and the target is not met any more';

/** Why a step is not taken for this pupil, and the clause that says so; null if it is. */
export function passedOver(step: Step, { state, c }: Telling): { why: string; clause: string } | null {
  const clause = c.pack.stages[state.stage]?.source ?? c.pack.source;
  if (step['only if'] && !holds(step['only if'], state, c)) return { why: 'The policy does not take this step here', clause };
  const told = toldAlready(step, state, c);
  if (told) return { why: told, clause };
  if (!('letter' in step)) return null;
  if (step.letter.template === 'congratulation' && isMetNoMore(state, c)) return { why: metNoMore, clause };
  const cohort = noSuchLetter(c.pack, c.flags, step.letter.template);
  return cohort ? { why: 'The policy sends no such letter for this child', clause: cohort.source } : null;
}

/** No letter while marks are missing, none too soon after another, and none before a person looked at what makes it delicate. */
export function letterMayBeProposed(t: Telling, { letter }: { letter: { template: TemplateId } }, asking: Asking): boolean {
  if (mustWaitForMarks(t)) return false;
  marksAreIn(t);
  const free = apart.has(letter.template) ? null : letterFreeOn(t);
  if (free !== null && t.c.on < free) return false;
  return !needsReview(t, asking);
}

/** The first day on which another letter may be proposed: so many school days after the last one; null if there is none. */
export function letterFreeOn({ state, c }: Telling): string | null {
  const last = lettersThisYear(state, c)
    .filter(({ outcome, template }) => !hasFailed(outcome) && !apart.has(template))
    .map(({ on }) => on)
    .sort()
    .at(-1);
  return last === undefined ? null : addSchoolDays(c.calendar, last, c.pack.letters['no two within']);
}

/** Asks whoever the policy names to look first, if something makes the pupil's case delicate. True if they have to. */
function needsReview(t: Telling, asking: Asking): boolean {
  const first = wantsToLook(t.state, t.c);
  if (!first) return false;
  if (!Object.values(t.state.proposals).some(({ action }) => action.what === 'review')) askToLook(t, first, asking);
  return true;
}
