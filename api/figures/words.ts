import { type Day, longDay, shortDay } from '../../policy/calendar/day.ts';
import { capital } from '../../policy/capital.ts';
import { counted } from '../../policy/counted.ts';
import { bandWords } from '../../policy/figures/bands.ts';
import { lines } from '../../policy/figures/crossings.ts';
import type { Band } from '../../policy/register/measures/band.ts';
import type { AskedFor } from './asked.ts';
import type { Scope } from './standings.ts';

/** Where figures of these pupils are. */
export const pageOf = ({ yearGroup, className }: Scope): string =>
  className !== undefined
    ? `/figures/classes/${encodeURIComponent(className)}`
    : yearGroup !== undefined
      ? `/figures/years/${yearGroup}`
      : '/figures';

/** An address with what it asks; what is not asked is left out. */
export function address(path: string, asked: Record<string, string | number | undefined>): string {
  const said = Object.entries(asked).flatMap(([key, value]) =>
    value === undefined ? [] : [[key, String(value)] as [string, string]],
  );
  return said.length === 0 ? path : `${path}?${new URLSearchParams(said)}`;
}

/** Up to when it was counted, and from what was known when. */
export const countedUpTo = ({ on, asKnownThen }: { on: Day; asKnownThen: boolean }): string =>
  asKnownThen
    ? `Counted up to ${longDay(on)}, as the register was known at the end of that day. Year groups and classes are those of now.`
    : `Counted up to ${longDay(on)}, as the register is known now.`;

/** Which pupils a list holds, in a sentence. */
export function whichPupils({ band, absence, was, line, within }: AskedFor): string {
  const parts = [
    ...(band ? [`attendance of the school year so far is ${inWords(band)}`] : []),
    ...(absence ? [{ persistent: 'a tenth or more missed', severe: 'half or more missed' }[absence]] : []),
    ...(was ? [`attendance before this week was ${inWords(was)}`] : []),
    ...(line ? [`about to cross "${lines[line].title}", with ${counted(within, 'more session')} missed or fewer`] : []),
  ];
  return parts.length === 0 ? 'All pupils on roll' : capital(parts.join('; '));
}

export const inWords = (band: Band): string => {
  const { ends } = bandWords[band];
  return `${ends[0]?.toLowerCase()}${ends.slice(1)}`;
};

/** "the next session", "2 sessions in a row" */
export const misses = (n: number): string => (n === 1 ? 'The next session' : `${n} in a row`);

export const weekOf = (monday: Day): string => `week of ${shortDay(monday)}`;
