import type { Day } from '../calendar/day.ts';
import type { Stage } from '../pack/stage.ts';
import { howOf } from './propose.ts';
import type { Telling } from './telling.ts';
import { withdraw } from './withdraw.ts';

/** The pack's words for the stage the case is in. */
export function stageOf({ state, c }: Telling): Stage {
  const stage = c.pack.stages[state.stage];
  if (!stage) throw new Error(`The pack ${c.pack.pack} has no stage "${state.stage}"`);
  return stage;
}

/**
 * Moves the case to a stage. What the old stage still proposed is withdrawn: the new stage says what comes next. `until` if a
 * person put it there.
 */
export function enter(t: Telling, stage: string, until?: Day): void {
  for (const { key, step, stage: of } of Object.values(t.state.proposals)) {
    if (step !== null && of === t.state.stage) withdraw(t, key, `The case moved on to ${stage}`);
  }
  const words = t.c.pack.stages[stage];
  if (!words) throw new Error(`The pack ${t.c.pack.pack} has no stage "${stage}"`);
  const { says: why, source: clause } = words;
  t.add({
    ...{ type: 'stage entered', stage, attendance: t.state.attendance, why, clause },
    ...howOf(t.state),
    ...(until !== undefined && { until }),
  });
}
