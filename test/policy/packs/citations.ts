import { partNamed } from '../../../policy/pack/clause-list.ts';
import type { Pack } from '../../../policy/pack/pack.ts';

/** A part of a pack that says where the policy's document has it, and how a clause of the list would name it. */
export type Sourced = { source: string; at: string };

/**
 * The headings that a source cites: "6.6; Appendix 1, steps 8 and 9; only where there is a real doubt" cites three. What begins
 * with a small letter, or stands behind a colon, is a remark; and where the policy is silent nothing is cited.
 */
export const cited = (source: string): string[] =>
  source.startsWith('The policy is silent')
    ? []
    : source
        .split('; ')
        .filter((part) => /^[A-Z0-9]/.test(part))
        .flatMap((part) => eachStep(part.split(': ')[0] ?? part));

function eachStep(heading: string): string[] {
  const [, of, first, joined, last] = /^(.*), steps (\d+) (and|to) (\d+)$/.exec(heading) ?? [];
  if (of === undefined) return [heading];
  const [from, to] = [Number(first), Number(last)];
  const steps = joined === 'and' ? [from, to] : Array.from({ length: to - from + 1 }, (_, i) => from + i);
  return steps.map((step) => `${of}, step ${step}`);
}

/** What a pack says of the document's clauses: not its examples, and not what it only states. */
export const sourcedIn = ({ source, examples, states, ...pack }: Pack): Map<object, Sourced> => new Map(within(pack, ''));

function within(part: unknown, at: string): [object, Sourced][] {
  if (part === null || typeof part !== 'object') return [];
  const own = isSourced(part) ? [[part, { source: part.source, at }] as [object, Sourced]] : [];
  const name = (key: string, one: unknown) => (Array.isArray(part) && isSourced(one) ? (one.says ?? one.source) : key);
  return [...own, ...Object.entries(part).flatMap(([key, one]) => within(one, at === '' ? key : `${at} / ${name(key, one)}`))];
}

const isSourced = (part: unknown): part is { source: string; says?: string } =>
  part !== null && typeof part === 'object' && 'source' in part && typeof part.source === 'string';

/** The parts of a pack that a clause's "where" leads through, the outermost first. */
export const ledThrough = (pack: Pack, where: string): unknown[] =>
  where.split(' / ').map((_, i, names) => partNamed(pack, names.slice(0, i + 1).join(' / ')));

/** What the part that a clause names, or the nearest around it, says of where the document has it; undefined if nothing does. */
export const sourceOf = (pack: Pack, where: string): string | undefined =>
  ledThrough(pack, where)
    .filter(isSourced)
    .map(({ source }) => source)
    .at(-1);

/** What opens a case in a stage that is named, and what leads on to one. */
export const waysTo = ({ opens, stages }: Pack, named: ReadonlySet<unknown>): unknown[] => [
  ...opens.filter(({ stage }) => named.has(stages[stage])),
  ...Object.values(stages).flatMap(({ next }) => next.filter(({ go }) => named.has(stages[go]))),
];
