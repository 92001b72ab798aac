import { addSchoolDays } from '../calendar/school-calendar.ts';
import { decider, type Stage, type Step } from '../pack/pack.ts';
import { holds, isOut } from './condition.ts';
import { missingSince } from './figures.ts';
import { askForMarks } from './missing-marks.ts';
import type { Action } from './proposal.ts';
import { propose } from './propose.ts';
import { stageOf } from './stage.ts';
import type { Telling } from './telling.ts';

/** Proposes the stage's next step, if nothing stands in its way. */
export function nextStep(t: Telling): void {
  const { state, c } = t;
  const stage = stageOf(t);
  const step = stage.do[state.step];
  if (!step || Object.values(state.proposals).some((proposal) => proposal.step !== null)) return;
  if (state.askAgainOn !== null && c.on < state.askAgainOn) return;
  if (stage['only while'] && !holds(stage['only while'], state, c)) return;
  if ('letter' in step && !letterMayBeProposed(t, stage)) return;
  propose(t, {
    action: actionOf(step),
    person: decider(step),
    clause: stage.source,
    why: stage.says,
    due: dueIn(step),
    step: state.step,
  });
}

/** No letter while marks are missing, none too soon after another, and none before a person looked at what makes it delicate. */
function letterMayBeProposed(t: Telling, stage: Stage): boolean {
  const missing = missingSince(t.c);
  if (missing.length > 0) {
    askForMarks(t, missing);
    return false;
  }
  if (t.state.missing.length > 0) t.add({ type: 'marks missing', sessions: [] });
  const free = letterFreeOn(t);
  if (free !== null && t.c.on < free) return false;
  return !needsReview(t, stage);
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

function needsReview(t: Telling, stage: Stage): boolean {
  const { softens } = t.c.pack;
  const flags = softens ? t.c.flags.filter((flag) => softens.for.includes(flag)) : [];
  if (!softens || flags.length === 0 || t.state.reviewed) return false;
  propose(t, {
    action: { what: 'review', flags },
    person: softens['review by'],
    clause: stage.source,
    why: `${stage.says}. Look before a letter goes`,
    due: 2,
    step: t.state.step,
  });
  return true;
}

function actionOf(step: Step): Action {
  if ('call' in step) return { what: 'call', script: step.call.script };
  if ('letter' in step) return { what: 'letter', template: step.letter.template, enclose: step.letter.enclose };
  if ('meeting' in step) return { what: 'meeting' };
  return { what: 'referral', tells: step.referral.tells };
}

/** School days until a step should be decided: as its clause says, or two where the policy is silent. */
function dueIn(step: Step): number {
  if ('call' in step) return step.call.due;
  return 'meeting' in step ? step.meeting.due : 2;
}
