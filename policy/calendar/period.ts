import { counted } from '../counted.ts';
import { yearName } from '../people/year-group.ts';
import { type Day, longDay, shortDay } from './day.ts';

export const periodKinds = ['term', 'half-term', 'inset', 'closure'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** How a page calls each kind. */
export const kindTitles: Record<PeriodKind, string> = {
  term: 'Term',
  'half-term': 'Half-term',
  inset: 'INSET day',
  closure: 'Closure',
};

/** The same within a sentence. */
export const kindNames: Record<PeriodKind, string> = {
  term: 'term',
  'half-term': 'half-term',
  inset: 'INSET',
  closure: 'closure',
};

/** Whom a closure keeps away where it is not the whole school: whoever is in one of these. `part` is what of the premises is closed. */
export type Covers = { part: string | null; yearGroups: readonly number[]; classes: readonly string[] };

/**
 * A stretch of days, both ends included. Terms are when school is open; the others take days out of them. Only a closure
 * has `covers`, and only if it does not close the whole school.
 */
export type Period = { kind: PeriodKind; from: Day; to: Day; label: string; covers?: Covers };

/** Where a pupil sits: what a closure may name. */
export type Place = { yearGroup: number; className: string };

/** True if a closure keeps the pupils of a place away. */
export const closesTo = ({ covers }: Period, { yearGroup, className }: Place): boolean =>
  covers === undefined || covers.yearGroups.includes(yearGroup) || covers.classes.includes(className);

/** Two periods are the same if this is. */
export const periodKey = ({ kind, from, to, label, covers }: Period): string =>
  JSON.stringify([
    kind,
    from,
    to,
    label,
    covers ? [covers.part, [...covers.yearGroups].sort(), [...covers.classes].sort()] : null,
  ]);

/** "on 3 Jun 2027", "from 1 Jun 2027 to 3 Jun 2027" */
export const datesWords = ({ from, to }: { from: Day; to: Day }, said: (day: Day) => string = shortDay): string =>
  from === to ? `on ${said(from)}` : `from ${said(from)} to ${said(to)}`;

/** "Year 9, Year 10 and class 11B (Science block)"; null for a closure of the whole school, and for what is none. */
export function coversWords({ covers }: Period): string | null {
  if (!covers) return null;
  const who = [...covers.yearGroups.map(yearName), ...covers.classes.map((name) => `class ${name}`)];
  const named = who.length > 1 ? `${who.slice(0, -1).join(', ')} and ${who.at(-1)}` : (who[0] ?? 'nobody');
  return covers.part === null ? named : `${named} (${covers.part})`;
}

/** 'closure "Heating failed" from 30 Nov 2026 to 1 Dec 2026 for Year 9' */
export function periodWords(period: Period): string {
  const who = coversWords(period);
  return `${kindNames[period.kind]} "${period.label}" ${datesWords(period)}${who ? ` for ${who}` : ''}`;
}

/** What a period was before it changed, as far as it differs: 'from 26 Oct 2026 to 30 Oct 2026', 'called "Autumn half-term"'. */
export function wasWords(was: Period, is: Period): string {
  const [before, after] = [coversWords(was) ?? 'the whole school', coversWords(is) ?? 'the whole school'];
  return [
    ...(was.from === is.from && was.to === is.to ? [] : [datesWords(was)]),
    ...(was.label === is.label ? [] : [`called “${was.label}”`]),
    ...(before === after ? [] : [`for ${before}`]),
  ].join(', ');
}

/** In the order of a year: by first day, the longer first. */
export const inOrder = (periods: readonly Period[]): Period[] =>
  [...periods].sort((a, b) => (a.from === b.from ? (a.to > b.to ? -1 : 1) : a.from < b.from ? -1 : 1));

/** "Tuesday 1 June 2027 and 2 more school days" */
export const daysWords = (days: readonly Day[]): string =>
  days.length === 0
    ? 'no school day'
    : days.length === 1
      ? longDay(days[0] as Day)
      : `${longDay(days[0] as Day)} and ${counted(days.length - 1, 'more school day', 'more school days')}`;
