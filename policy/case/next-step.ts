import { addSchoolDays } from '../calendar/school-calendar.ts';
import { after, type TemplateId } from '../letters/templates.ts';
import type { Stage } from '../pack/stage.ts';
import { decider, type Step } from '../pack/step.ts';
import { holds, isOut } from './condition.ts';
import { missingSince } from './figures.ts';
import { askForMarks } from './missing-marks.ts';
import { propose, soon } from './propose.ts';
import { stageOf } from './stage.ts';
import { askedFirst } from './step.ts';
import type { Telling } from './telling.ts';

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
  if ('letter' in step && !letterMayBeProposed(t, stage, step)) return;
  const owed = 'letter' in step ? owedLetter(t, step.letter.template) : null;
  if (owed === 'on its way') return;
  if (owed) return propose(t, { ...owed, step: state.step });
  const why = 'referral' in step && wasReturned(t) ? returned : stage.says;
  propose(t, { ...askedFirst(step), clause: stage.source, why, step: state.step });
}

const returned = 'The authority returned the referral: complete what it found missing, then refer again';

/** True if the authority has returned what this stage referred. */
const wasReturned = ({ state: { referral, stageSince } }: Telling): boolean =>
  referral?.status === 'returned' && referral.on >= stageSince;

/**
 * The letter that the family should have had before this one, if it never reached them: recalled, refused or come back. It is
 * proposed first, under its own clause. Null if nothing is owed, or the policy has no such letter.
 */
export function owedLetter({ state, c }: Telling, template: TemplateId) {
  const earlier = after[template];
  if (earlier === undefined) return null;
  const letters = Object.values(state.letters).filter((letter) => letter.template === earlier);
  if (letters.some(isOut)) return null;
  if (letters.some(({ outcome }) => ['waiting', 'questioned', 'to-print'].includes(outcome))) return 'on its way';
  for (const { do: steps, source } of Object.values(c.pack.stages)) {
    const sends = steps.find((step) => 'letter' in step && step.letter.template === earlier);
    if (!sends || !('letter' in sends)) continue;
    const action = { what: 'letter', template: earlier, enclose: sends.letter.enclose, owed: true } as const;
    const why = 'The family has not had the letter that comes before this step: send it first';
    return { action, person: decider(sends), due: soon, clause: source, why };
  }
  return null;
}

/** Why a step is not taken for this pupil, and the clause that says so; null if it is. */
export function passedOver(step: Step, { state, c }: Telling): { why: string; clause: string } | null {
  if (step['only if'] && !holds(step['only if'], state, c)) {
    return { why: 'The policy does not take this step here', clause: c.pack.stages[state.stage]?.source ?? c.pack.source };
  }
  if (!('letter' in step)) return null;
  const { template } = step.letter;
  const cohort = c.pack.cohorts.find(
    ({ for: flags, 'no letters': none }) =>
      flags.some((flag) => c.flags.includes(flag)) && (none === true || none?.includes(template)),
  );
  return cohort ? { why: 'The policy sends no such letter for this child', clause: cohort.source } : null;
}

/** No letter while marks are missing, none too soon after another, and none before a person looked at what makes it delicate. */
export function letterMayBeProposed(t: Telling, stage: Stage, step: Step): boolean {
  const missing = missingSince(t.c);
  if (missing.length > 0) {
    askForMarks(t, missing);
    return false;
  }
  if (t.state.missing.length > 0) t.add({ type: 'marks missing', sessions: [] });
  const free = letterFreeOn(t);
  if (free !== null && t.c.on < free) return false;
  return !needsReview(t, stage, step);
}

/** The first day on which another letter may be proposed: so many school days after the last one; null if there is none. */
export function letterFreeOn({ state, c }: Telling): string | null {
  const last = Object.values(state.letters)
    .filter((letter) => isOut(letter) || ['waiting', 'questioned', 'to-print'].includes(letter.outcome))
    .map(({ on }) => on)
    .sort()
    .at(-1);
  return last === undefined ? null : addSchoolDays(c.calendar, last, c.pack.letters['no two within']);
}

/** Asks whoever the policy names to look first, if something makes the pupil's case delicate. True if they have to. */
function needsReview(t: Telling, stage: Stage, step: Step): boolean {
  if (t.state.reviewed) return false;
  const { softens, cohorts } = t.c.pack;
  const looks: { for: readonly string[]; 'review by'?: string | undefined }[] = [...(softens ? [softens] : []), ...cohorts];
  const makes = (look: { for: readonly string[] }) => t.c.flags.some((flag) => look.for.includes(flag));
  const first = looks.find((look) => look['review by'] !== undefined && makes(look));
  if (!first) return false;
  if (Object.values(t.state.proposals).some(({ action }) => action.what === 'review')) return true;
  propose(t, {
    action: { what: 'review', flags: t.c.flags.filter((flag) => looks.some((look) => look.for.includes(flag))) },
    person: first['review by'] ?? decider(step),
    clause: stage.source,
    why: `${stage.says}. Look before a letter goes`,
    due: soon,
    step: t.state.step,
  });
  return true;
}
