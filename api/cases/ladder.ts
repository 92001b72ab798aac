import { shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import type { CaseEvent } from '../../policy/case/event.ts';
import type { CaseState } from '../../policy/case/state.ts';
import type { Pack } from '../../policy/pack/pack.ts';
import type { Entry } from '../../prisma/ledger.ts';

export type Rung = { name: string; says: string; status: string; now: boolean };

/** The stages of the policy in its own order, and which of them this case has been in. */
export function ladder(pack: Pack, state: CaseState, events: readonly { on: string; event: Entry }[]): Rung[] {
  const entered = new Map<string, string>();
  for (const { on, event } of events) {
    const { type, ...rest } = event as unknown as CaseEvent;
    if (type === 'stage entered' && 'stage' in rest) entered.set(rest.stage as string, on);
  }
  return Object.entries(pack.stages).map(([stage, { says }]) => {
    const since = entered.get(stage);
    const now = state.status === 'open' && stage === state.stage;
    const status = since === undefined ? 'Not reached' : now ? `Now, since ${shortDay(since)}` : `Was here, ${shortDay(since)}`;
    return { name: capital(stage), says, status, now };
  });
}
