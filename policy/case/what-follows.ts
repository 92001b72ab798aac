import type { Follows } from '../letters/follows.ts';
import type { TemplateId } from '../letters/templates.ts';
import type { Pack } from '../pack/pack.ts';
import type { Stage } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';
import type { CaseState } from './state.ts';

/** Letters that write about attendance again. */
const urging: ReadonlySet<TemplateId> = new Set(['letter-1', 'letter-2', 'letter-3', 'meeting-invitation']);

/** What a policy does once a letter has gone from where a case stands: what is left of the stage, and what lies further on. */
export function whatFollows(
  { stages }: Pick<Pack, 'stages'>,
  { stage, step }: Pick<CaseState, 'stage' | 'step'>,
  template: TemplateId,
): Follows {
  const here = stages[stage];
  const left = (here?.do ?? []).slice(step).filter((one) => !('letter' in one && one.letter.template === template));
  const ways = (here?.next ?? []).flatMap(({ go }) => stages[go] ?? []);
  const further = furtherOn(stages, stage).flatMap((one) => one.do);
  const near = [...left, ...besides(here), ...ways.flatMap((one) => [...one.do, ...besides(one)])];
  const after = [...left, ...further];
  return {
    call: left.some((one) => 'call' in one && !thanks(one) && one['only if'] === undefined),
    thanks: near.some(thanks),
    writes: after.some((one) => 'letter' in one && urging.has(one.letter.template)),
    meets: left.some(meets) ? 'now' : further.some(meets) ? 'later' : null,
    refers: after.some((one) => 'referral' in one),
  };
}

const besides = (stage: Stage | undefined): Step[] => (stage?.alongside ?? []).flatMap((rule) => rule.do);

const thanks = (step: Step): boolean =>
  ('call' in step && step.call.script === 'thank-you') || ('letter' in step && step.letter.template === 'congratulation');

const meets = (step: Step): boolean => 'meeting' in step || ('letter' in step && step.letter.template === 'meeting-invitation');

/** The stages that can be reached from one, by any of its ways on. */
function furtherOn(stages: Pack['stages'], from: string): Stage[] {
  const reached = new Set<string>();
  const ahead = [from];
  for (let at = ahead.pop(); at !== undefined; at = ahead.pop())
    for (const { go } of stages[at]?.next ?? []) {
      if (reached.has(go)) continue;
      reached.add(go);
      ahead.push(go);
    }
  return [...reached].flatMap((name) => stages[name] ?? []);
}
