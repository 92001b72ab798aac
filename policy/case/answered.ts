import type { Day } from '../calendar/day.ts';
import { schoolDaysBetween } from '../calendar/school-calendar.ts';
import { type Rule, ruleName } from '../pack/stage.ts';
import type { Circumstances } from './circumstances.ts';
import { attendanceOn } from './figures.ts';
import { isDueAgain, isSo } from './rule-so.ts';
import type { CaseState } from './state.ts';
import { unopened } from './unopened.ts';

/**
 * The rules beside the ladder that the pupil's last case has answered, and when: they were so when it was closed and have been so
 * on every school day since. What was so no more meanwhile and is so again, as the lates of the next half-term, is new.
 */
export function answered(c: Circumstances): Record<string, Day> {
  const known = c.pack.alongside.flatMap((rule) => {
    const on = answeredOn(rule, c);
    return on === null ? [] : [[ruleName(rule), on] as const];
  });
  return Object.fromEntries(known);
}

/** Whether a rule that is so calls for nothing: it has been answered, and its policy does not ask again yet. */
export function isAnswered(rule: Rule, c: Circumstances): boolean {
  const on = answeredOn(rule, c);
  const said = c.lastCase?.rules[ruleName(rule)]?.said;
  return on !== null && (said === true || !isDueAgain(rule, on, c));
}

function answeredOn(rule: Rule, c: Circumstances): Day | null {
  const { rules, closedOn } = c.lastCase ?? {};
  const was = rules?.[ruleName(rule)];
  if (!was?.so || closedOn === undefined) return null;
  return staysSo(rule, { ...c, closedOn }, unopened) ? was.on : null;
}

/** The rules that were so when this case was closed and that have not been so on every school day since: what comes back is new. */
export function lapsed(state: CaseState, c: Circumstances & { closedOn: Day }): string[] {
  const known = (then: Circumstances): CaseState => ({ ...state, attendance: attendanceOn(then, then.on) });
  return c.pack.alongside.flatMap((rule) => {
    const name = ruleName(rule);
    return state.rules?.[name]?.so && !staysSo(rule, c, known) ? [name] : [];
  });
}

/** Whether a rule has been so on every school day since a case was closed. `known` is what is known then beside the register. */
function staysSo(
  rule: Rule,
  { closedOn, ...c }: Circumstances & { closedOn: Day },
  known: (then: Circumstances) => Parameters<typeof isSo>[1],
): boolean {
  const since = schoolDaysBetween(c.calendar, closedOn, c.on).filter((on) => on > closedOn);
  return since.reverse().every((on) => {
    const then = { ...c, on };
    return isSo(rule, known(then), then);
  });
}
