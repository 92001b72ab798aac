import type { Duration } from '../calendar/count-on.ts';
import type { AsWritten } from '../pack/as-written.ts';
import { conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import type { Rule } from '../pack/stage.ts';
import type { Step } from '../pack/step.ts';
import { stepsIn } from './clause-walk.ts';

type Path = readonly PropertyKey[];
type Timed = { time: Duration; path: Path };

/** Every length of time in a policy with its place: what is waited for, what is due, what is asked again, what a condition asks. */
export const timesIn = (pack: AsWritten): Timed[] => [
  ...Object.entries(pack.stages).flatMap(([name, { wait, alongside }]) => [
    ...(wait ? [{ time: wait.for, path: ['stages', name, 'wait', 'for'] }] : []),
    ...againIn(alongside, ['stages', name, 'alongside']),
  ]),
  ...againIn(pack.alongside, ['alongside']),
  ...stepsIn(pack).flatMap(({ step, path }) => dueOf(step).map((time) => ({ time, path }))),
  ...conditionsOf(pack).flatMap(({ when, path }) =>
    conditionsIn(when).flatMap((one) =>
      [one['in stage'], one['letter sent']?.['at least'], one.attendance?.['held for']].flatMap((time) =>
        time ? [{ time, path }] : [],
      ),
    ),
  ),
];

const againIn = (rules: readonly Rule[], path: Path): Timed[] =>
  rules.flatMap(({ again }, i) => (again ? [{ time: again, path: [...path, i, 'again'] }] : []));

function dueOf(step: Step): Duration[] {
  const [said] = Object.entries(step).flatMap(([kind, of]) => (kind === 'only if' ? [] : [of]));
  const due = said && typeof said === 'object' && 'due' in said ? said.due : undefined;
  return due && due.n > 0 ? [due] : [];
}
