import { shortDay } from '../calendar/day.ts';
import { propose } from './propose.ts';
import type { Telling } from './telling.ts';

/** Asks for the marks that a letter or a judgement would rest on. Until they are in, nothing that rests on them goes on. */
export function askForMarks(t: Telling, sessions: string[]): void {
  const same = sessions.join() === t.state.missing.join();
  if (!same) t.add({ type: 'marks missing', sessions });
  const asked = Object.values(t.state.proposals).some(({ action }) => action.what === 'missing marks');
  if (asked) return;
  const [first = ''] = sessions;
  propose(t, {
    action: { what: 'missing marks', sessions },
    person: officer(t),
    clause: 'The figures are not complete',
    why: `${sessions.length === 1 ? 'A mark is' : `${sessions.length} marks are`} missing since ${shortDay(first.slice(0, 10))}: nothing more goes out until the register is complete`,
    due: { n: 1, unit: 'school day' },
    step: null,
  });
}

/** The pack's attendance officer, or whoever decides in their place. */
function officer({ c }: Telling): string {
  const names = Object.entries(c.pack.people);
  const found =
    names.find(([, { role }]) => role === 'attendance-officer') ?? names.find(([, { role }]) => role === 'sal') ?? names[0];
  if (!found) throw new Error(`The pack ${c.pack.pack} names nobody`);
  return found[0];
}
