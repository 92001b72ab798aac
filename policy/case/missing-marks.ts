import { shortDay } from '../calendar/day.ts';
import { type Condition, conditionsIn } from '../pack/condition.ts';
import { remembered } from '../remembered.ts';
import { missingSince, yearFrom } from './figures.ts';
import { howOf, propose, sentence } from './propose.ts';
import type { Telling } from './telling.ts';

/**
 * Sessions without a mark that anything of the case may rest on: of this school year, and of a time that began in the last one
 * and is still to be judged. Whoever asks for marks asks for all of them, so that one list is noted and not several by turns.
 */
export function missingNow({ state: { monitoring }, c }: Telling): string[] {
  const from = yearFrom(c);
  return missingSince(c, monitoring && monitoring.target !== null && monitoring.from < from ? monitoring.from : from);
}

/** Asks for the marks that a letter, a judgement, a way on or a close would rest on. Until they are in, nothing that rests on them goes on. */
export function askForMarks(t: Telling): void {
  const sessions = missingNow(t);
  if (!isSame(sessions, t.state.missing)) t.add({ type: 'marks missing', sessions });
  const asked = Object.values(t.state.proposals).find(({ action }) => action.what === 'missing marks');
  if (!asked) return ask(t, sessions);
  if (asked.action.what !== 'missing marks' || isSame(sessions, asked.action.sessions)) return;
  const { attendance, upTo } = t.state;
  const changed = 'Other marks are missing than when you were asked';
  const as = { attendance, upTo, ...howOf(t.state), sentence: sentence(t, missingSaid(sessions)), changed, sessions };
  t.add({ type: 'revised', key: asked.key, version: asked.version + 1, ...as });
}

/** True of a condition that asks how much was attended or missed: while marks are missing, what it says is not known to be so. */
export const restsOnMarks = remembered((when: Condition): boolean =>
  conditionsIn(when).some(({ attendance, figure }) => attendance !== undefined || figure !== undefined),
);

/** True while marks of this school year are missing, which are asked for then. What a child's safety asks does not wait for them. */
export function mustWaitForMarks(t: Telling): boolean {
  if (missingSince(t.c).length === 0) return false;
  askForMarks(t);
  return true;
}

/** Notes that the marks are in which were asked for. */
export function marksAreIn(t: Telling): void {
  if (t.state.missing.length > 0 && missingNow(t).length === 0) t.add({ type: 'marks missing', sessions: [] });
}

const isSame = (a: readonly string[], b: readonly string[]): boolean => a.join() === b.join();

function ask(t: Telling, sessions: readonly string[]): void {
  propose(t, {
    action: { what: 'missing marks', sessions },
    person: officer(t),
    clause: 'The figures are not complete',
    why: missingSaid(sessions),
    due: { n: 1, unit: 'school day' },
    step: null,
  });
}

const missingSaid = ([first = '', ...more]: readonly string[]): string =>
  `${more.length === 0 ? 'A mark is' : `${more.length + 1} marks are`} missing since ${shortDay(first.slice(0, 10))}: nothing more goes out until the register is complete`;

/** The pack's attendance officer, or whoever decides in their place. */
export function officer({ c }: Telling): string {
  const names = Object.entries(c.pack.people);
  const found =
    names.find(([, { role }]) => role === 'attendance-officer') ?? names.find(([, { role }]) => role === 'sal') ?? names[0];
  if (!found) throw new Error(`The pack ${c.pack.pack} names nobody`);
  return found[0];
}
