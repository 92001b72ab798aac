import { longDay } from '../calendar/day.ts';
import { roleTitles } from '../people/roles.ts';
import type { CaseState } from './state.ts';

/** Where a case is and what it waits for, in one sentence without a name: for screens and for the engine's own pages. */
export function headline(state: CaseState): string {
  if (state.status === 'closed') return 'Closed';
  if (state.heldUntil !== null) return `Held until ${longDay(state.heldUntil)}`;
  const [waiting] = Object.values(state.proposals).filter(({ status }) => status === 'open');
  if (waiting)
    return `${capital(state.stage)}: ${what(waiting.action.what)} waits for the ${roleTitles[waiting.role].toLowerCase()}`;
  if (state.monitoring) return `${capital(state.stage)}: monitored until ${longDay(state.monitoring.until)}`;
  if (state.recovering) return `${capital(state.stage)}: closes on ${longDay(state.recovering.closesOn)} if attendance holds`;
  return `${capital(state.stage)}: watched`;
}

const what = (action: string): string => (action === 'review' ? 'a look before the letter' : `the ${action}`);

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
