import type { Day } from '../calendar/day.ts';
import type { Pack } from '../pack/pack.ts';
import { ruleName } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';
import { Refusal } from '../refusal.ts';
import type { PolicyVersion } from './policy-version.ts';
import type { Proposal } from './proposal.ts';
import { replan } from './replan.ts';
import { enter, stageOf } from './stage.ts';
import type { CaseState } from './state.ts';
import { isWorkedOn } from './step-back.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

/**
 * The case goes on under another version of its policy, at the same stage or at one that a person chose. What the two versions
 * ask alike stays as it is; what only the old one asks is withdrawn, and the new one says what comes next. Letters that were
 * approved stay approved, and dates are counted anew.
 * @throws Refusal('BadInput') if the new version has no such stage, ('Stale') if it is not the one in force.
 */
export function movePolicy(t: Telling, to: PolicyVersion, chosen: string | undefined): void {
  const { moving, pack } = t.c;
  if (!moving || moving.to.version !== to.version)
    throw new Refusal('Stale', 'Another version of the policy is in force by now: look again at what would change');
  if (moving.from.version === to.version) throw new Refusal('Stale', 'The case is under this version already');
  const { state } = t;
  const stage = chosen ?? state.stage;
  if (!pack.stages[stage])
    throw new Refusal(
      'BadInput',
      `The new version has no stage "${stage}": choose where the case goes on. Stages: ${Object.keys(pack.stages).join(', ')}`,
    );
  if (isWorkedOn(state.referral) && stage !== state.stage && !pack.closes['not in'].includes(stage))
    throw new Refusal('BadInput', `The authority has the referral: choose ${pack.closes['not in'].join(' or ')}`);
  const { from, before } = moving;
  t.add({ type: 'policy moved', from, to, step: stepIn(pack, before, state) });
  for (const key of askedOtherwise(t, before)) withdraw(t, key, 'The policy asks otherwise in its new version');
  if (stage !== state.stage) return enter(t, stage);
  if (t.state.monitoring && !stageOf(t).wait)
    t.add({ type: 'monitoring ended', why: 'The policy waits no time here in its new version' });
  replan(t);
}

/** What the new version asks in other words or of another person. */
const askedOtherwise = ({ state, c }: Telling, before: Pack): string[] =>
  Object.values(state.proposals)
    .filter((proposal) => asksOf(before, proposal) !== asksOf(c.pack, proposal))
    .map(({ key }) => key);

/** What a version says of a proposal, in one text to compare; nothing of what does not come from the policy. */
function asksOf(pack: Pack, proposal: Proposal): string {
  const steps = stepsOf(pack, proposal);
  return steps === undefined ? '' : JSON.stringify([steps, pack.people[proposal.person]?.role]);
}

function stepsOf({ stages, alongside }: Pack, { stage, step, rule, evidence }: Proposal) {
  const here = stages[stage];
  if (step !== null) return here?.do[step];
  if (rule !== undefined) return alongside.find((one) => ruleName(one) === rule)?.do;
  return here?.alongside.find(({ source }) => source === evidence.clause)?.do;
}

/** The step that comes next in the new version: behind the last of those that the case has behind it. */
function stepIn({ stages }: Pack, before: Pack, { stage, step }: CaseState): number {
  const done = new Set((before.stages[stage]?.do ?? []).slice(0, step).map(kindOf));
  return 1 + (stages[stage]?.do ?? []).findLastIndex((one) => done.has(kindOf(one)));
}

/** What a step is, whoever does it and by when. */
function kindOf(step: Step): string {
  if ('letter' in step) return `letter ${step.letter.template}`;
  if ('task' in step) return `task ${step.task.what}`;
  return Object.keys(step).find((word) => word !== 'only if') ?? '';
}

/** What would become of a case that is moved, without moving it. */
export type MoveTried =
  | { refused: string }
  | {
      refused: null;
      stage: string;
      /** What would not be asked any more, and what would be instead. */
      gone: readonly Proposal[];
      asked: readonly Proposal[];
      /** When it would be looked at next, and why. */
      next: { on: Day; why: string } | null;
      closed: boolean;
    };

/** The same from the states before and after. */
export const moveTried = (before: CaseState, after: CaseState, next: { on: Day; why: string } | null): MoveTried => ({
  ...{ refused: null, stage: after.stage, next, closed: after.status === 'closed' },
  gone: onlyIn(before, after),
  asked: onlyIn(after, before),
});

const onlyIn = (one: CaseState, other: CaseState): Proposal[] =>
  Object.values(one.proposals).filter(({ key }) => other.proposals[key] === undefined);
