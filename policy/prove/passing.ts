import type { Step } from './moves.ts';

/** The situation, by its key, to which a case comes when days pass and nothing else happens; and the stages entered on the way. */
export type Passing = { to: string; enters: readonly string[] };

/** The stages that a case enters by itself; none where a new school year begins, whose figures are new. */
export function entersStage({ events, after: { on } }: Step): string[] {
  if (events.some(({ type }) => type === 'new school year')) return [];
  return events.flatMap((event) => (event.type === 'stage entered' ? [`on ${on}: "${event.stage}"`] : []));
}
