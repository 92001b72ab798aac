import type { Day } from '../calendar/day.ts';
import { holds } from '../case/condition.ts';
import { daysOf } from '../case/condition-days.ts';
import { letterFreeOn } from '../case/next-step.ts';
import type { CaseLetter, CaseState } from '../case/state.ts';
import { telling } from '../case/telling.ts';
import { after } from '../letters/templates.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import { remembered } from '../remembered.ts';
import { aboutOf } from '../simulate/example.ts';
import { asksForMoves, marksMatter, type Situation } from './moves.ts';
import { circumstancesIn, levelOf, type World } from './world.ts';

/**
 * What of a situation decides what may follow: two that have it in common are taken as one. Left out are the days themselves, how
 * often something happened, and who was reminded; kept is whether each time that the pack names has passed.
 */
export function keyOf(world: World, { state, on, register }: Situation): string {
  if (state.status === 'closed') return 'closed';
  const c = circumstancesIn(world, on, register);
  const free = letterFreeOn(telling(state, c));
  const times = timesIn(world, state.stage).map((when) => holds(when, state, c));
  const asked = lettersAsked(world);
  const letters = new Set(Object.values(state.letters).flatMap((letter) => letterKey(letter, asked)));

  // What stands beside the ladder changes nothing on it: it is tried against every situation, and not kept apart.
  const proposals = Object.values(state.proposals)
    .filter(({ step, action }) => step !== null || action.what === 'answer')
    .map(({ action, step, rule, status, notBy }) => [aboutOf(action), step, rule ?? '', status, notBy !== undefined].join());
  return [
    ...[state.status, state.stage, state.step, state.target, state.waited, state.reviewed],
    ...[asks(world, state, 'meeting') && state.met, asks(world, state, 'call') && state.lastCall],
    ...[state.monitoring !== null, state.recovering !== null, state.heldUntil !== null, referralKey(world, state)],
    ...[state.askAgainOn !== null && on < state.askAgainOn, free !== null && on < free, state.missing.length > 0],
    ...[levelOf(world, register.attendance), state.monitoring ? register.lately : '', [...register.figures].sort().join()],
    register.complete || !marksMatter(world, state),
    ...[[...letters].sort().join(), proposals.sort().join(';'), times.join()],
    state.backUntil !== undefined && on < state.backUntil,
    asksForMoves(world, state.stage) ? register.moved : null,
  ].join('|');
}

/** True while a time that the ladder waits for has still to pass: without one, days that pass make two situations no more than one. */
export function timeRuns(world: World, { state, on, register }: Situation): boolean {
  const { monitoring, recovering, heldUntil, askAgainOn, backUntil, proposals, stage } = state;
  const c = circumstancesIn(world, on, register);
  const ahead = (day: Day | null | undefined) => typeof day === 'string' && on < day;
  return (
    monitoring !== null ||
    recovering !== null ||
    [heldUntil, askAgainOn, backUntil, letterFreeOn(telling(state, c))].some(ahead) ||
    Object.values(proposals).some((proposal) => proposal.status === 'held') ||
    timesIn(world, stage).some((when) => daysOf(when, state, c).some(ahead))
  );
}

/** All that is asked in these stages: by what leads on, by what stands beside, by their ground and by their single steps. */
const conditionsOfStages = ({ pack }: World, ...stages: readonly string[]): Condition[] =>
  conditionsOf(pack).flatMap(({ when, path: [part, name] }) =>
    part === 'stages' && stages.includes(String(name)) ? conditionsIn(when) : [],
  );

/** The letters that a condition, or another letter, asks to have gone. */
const lettersAsked = remembered((world: World): ReadonlySet<string> => {
  const asked = conditionsOfStages(world, ...Object.keys(world.pack.stages)).flatMap(
    (when) => when['letter sent']?.template ?? [],
  );
  return new Set([...asked, ...Object.values(after)]);
});

/** The conditions on time that matter from here: on letters, and on the support that was offered, everywhere, on the stage in the stage itself. */
const timesIn = (world: World, stage: string): readonly Condition[] => stageTimes(world)(stage);

const letterTimes = remembered((world: World): Condition[] =>
  different(
    conditionsOfStages(world, ...Object.keys(world.pack.stages)).flatMap((one): Condition[] => [
      ...(one['letter sent'] ? [{ 'letter sent': one['letter sent'] }] : []),
      ...(one['support offered'] ? [{ 'support offered': one['support offered'] }] : []),
    ]),
  ),
);

const stageTimes = remembered((world: World) => {
  const times = new Map(
    Object.keys(world.pack.stages).map((name) => [
      name,
      [
        ...letterTimes(world),
        ...different(
          conditionsOfStages(world, name).flatMap((one): Condition[] => [
            ...(one['in stage'] ? [{ 'in stage': one['in stage'] }] : []),
            ...(one.today ? [{ today: one.today }] : []),
          ]),
        ),
      ],
    ]),
  );
  return (stage: string): readonly Condition[] => times.get(stage) ?? [];
});

const different = (conditions: readonly Condition[]): Condition[] => [
  ...new Map(conditions.map((when) => [JSON.stringify(when), when])).values(),
];

/** What of a letter matters to what follows: that one like it went, or that this one still may. */
function letterKey({ template, outcome, confirmed }: CaseLetter, asked: ReadonlySet<string>): string[] {
  if (outcome === 'sent' || outcome === 'posted') return asked.has(template) ? [`${template} went`] : [];
  return ['waiting', 'questioned', 'to-print'].includes(outcome) ? [`${template} ${outcome} ${confirmed === true}`] : [];
}

/** True if the stage looks at what became of its meeting, of its call, or of the referral. */
const asks = (world: World, { stage }: CaseState, what: 'meeting' | 'call' | 'referral'): boolean =>
  asking(world).has(`${stage}: ${what}`);

const asking = remembered((world: World): ReadonlySet<string> => {
  const asked = Object.keys(world.pack.stages).flatMap((stage) =>
    conditionsOfStages(world, stage).flatMap((when) =>
      Object.entries(when).flatMap(([what, asked]) => (asked === undefined ? [] : [`${stage}: ${what}`])),
    ),
  );
  return new Set(asked);
});

/** Where the referral stands, as long as the authority has it or the stage looks at it. */
function referralKey(world: World, state: CaseState): string | undefined {
  const status = state.referral?.status;
  return status === 'made' || status === 'accepted' || asks(world, state, 'referral') ? status : undefined;
}
