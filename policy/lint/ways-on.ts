import type { AsWritten } from '../pack/as-written.ts';
import type { Condition } from '../pack/condition.ts';
import { both, isEmpty, type Range, rangeOf } from './range.ts';

/** What has to be so beside today's attendance, each thing with the values that it may have. */
export type Way = ReadonlyMap<string, Range>;

/** A case in a stage, at an attendance in hundredths of a percent. */
type Here = { stage: string; at: number; bands: AsWritten['bands'] };

const free: readonly Way[] = [new Map()];
const never: readonly Way[] = [];

/**
 * In which ways a condition may be so at once, as soon as a case has come to its stage: by what the figures are, by what is known of
 * the pupil, or by what somebody says on the same day. In none, if it asks that time passes, that attendance moves or that the
 * authority answers; nor, so that nothing false is said, where it is not plain.
 */
export function waysOn(when: Condition, here: Here): readonly Way[] {
  const { all = [], any, ...own } = when;
  const asked = Object.entries(own).map(([part, value]) => (value === undefined ? free : partWays(part, own, here)));
  const inner = all.map((one) => waysOn(one, here));
  const either = any ? [any.flatMap((one) => waysOn(one, here))] : [];
  return [...asked, ...inner, ...either].reduce(joined, free);
}

/** What may be so by both. */
export function together(a: Way, b: Way): Way | null {
  const merged = new Map(a);
  for (const [thing, range] of b) {
    const had = merged.get(thing);
    const values = had ? both(had, range) : range;
    if (isEmpty(values)) return null;
    merged.set(thing, values);
  }
  return merged;
}

/** Every way in which two things may be so at once, of the ways of each. */
export const joined = (some: readonly Way[], others: readonly Way[]): readonly Way[] =>
  some.flatMap((a) => others.flatMap((b) => together(a, b) ?? []));

function partWays(part: string, { attendance, figure, pupil, not, ...said }: Condition, here: Here): readonly Way[] {
  switch (part) {
    case 'attendance':
      return attendance ? attendanceWays(attendance, here) : free;
    case 'figure':
      return figure ? way(JSON.stringify(figure.of), figureRange(figure)) : free;
    case 'pupil':
      return pupil ? pupilWays(pupil) : free;
    case 'not':
      return not ? notWays(not, here) : free;
    case 'marks':
      return one('marks', said.marks);
    case 'call':
    case 'meeting':
      return one(`${part} of ${here.stage}`, said[part]);
    case 'letter sent':
    case 'support offered':
      // Once it is so, it stays so.
      return way(part, { ...everything, low: 1 });
    default:
      return never;
  }
}

const everything: Range = { low: 0, lowIn: true, high: Number.POSITIVE_INFINITY, highIn: true };
const way = (thing: string, range: Range): readonly Way[] => (isEmpty(range) ? never : [new Map([[thing, range]])]);

/** One of several answers: no two of them are so at once. */
const one = (thing: string, answer: string | boolean | number | undefined): readonly Way[] => {
  const at = answers.indexOf(String(answer));
  const value = typeof answer === 'number' ? answer : at;
  return way(thing, { low: value, lowIn: true, high: value, highIn: true });
};
const answers = ['false', 'true', 'complete', 'missing', 'reached', 'not reached', 'held', 'refused', 'not attended'];

function attendanceWays(asked: NonNullable<Condition['attendance']>, { at, bands }: Here): readonly Way[] {
  if (asked['held for'] || asked['risen by'] !== undefined || asked['fallen by'] !== undefined) return never;
  const band = asked['in band'] === undefined ? {} : (bands?.[asked['in band']] ?? {});
  const range = both(rangeOf(asked), rangeOf(band));
  if (asked.over !== undefined) return way(`attendance ${JSON.stringify(asked.over)}`, range);
  return isEmpty(both(range, { low: at, lowIn: true, high: at, highIn: true })) ? never : free;
}

const figureRange = (asked: NonNullable<Condition['figure']>): Range => {
  const { 'at least': least, 'more than': more, 'at most': most, 'fewer than': fewer, is } = asked;
  const answer = is === undefined ? everything : { ...everything, low: is === 'so' ? 1 : 0, high: is === 'so' ? 1 : 0 };
  const high = Number.POSITIVE_INFINITY;
  return [
    { low: least ?? 0, lowIn: true, high: most ?? high, highIn: true },
    { low: more ?? 0, lowIn: more === undefined, high: fewer ?? high, highIn: fewer === undefined },
  ].reduce(both, answer);
};

function pupilWays(asked: NonNullable<Condition['pupil']>): readonly Way[] {
  const { 'is any of': any, 'is none of': none = [], 'compulsory school age': ofAge, 'year groups': years } = asked;
  return [
    any ? any.flatMap((flag) => one(flag, true)) : free,
    ...none.map((flag) => one(flag, false)),
    ofAge === undefined ? free : one('school age', ofAge),
    years ? years.flatMap((year) => one('year', year)) : free,
  ].reduce(joined, free);
}

/** Of what must not be so only attendance is plain. */
const notWays = (not: Condition, here: Here): readonly Way[] =>
  Object.keys(not).every((key) => key === 'attendance') &&
  not.attendance?.over === undefined &&
  isNow(not) &&
  waysOn(not, here).length === 0
    ? free
    : never;

const isNow = ({ attendance = {} }: Condition): boolean =>
  !('held for' in attendance || 'risen by' in attendance || 'fallen by' in attendance);
