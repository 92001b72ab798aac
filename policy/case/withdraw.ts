import type { Telling } from './telling.ts';

/**
 * Withdraws a proposal, and with it the questions about it that a colleague has still to answer. `anew` if what asked for it beside
 * the stage is to ask again.
 */
export function withdraw(t: Telling, key: string, why: string, anew = false): void {
  const about = Object.values(t.state.proposals).filter(({ action }) => action.what === 'answer' && action.about === key);
  for (const gone of [key, ...about.map((question) => question.key)])
    if (gone in t.state.proposals) t.add({ type: 'withdrawn', key: gone, why, ...(anew && gone === key && { anew }) });
}
