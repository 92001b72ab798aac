import type { Day } from '../calendar/day.ts';
import { conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import type { Pack } from '../pack/pack.ts';

/** What of a pupil does not change while a proof goes on. */
export type KindOfPupil = { flags: readonly string[]; yearGroup: number; born: Day };

const usual: KindOfPupil = { flags: [], yearGroup: 7, born: '2014-05-11' };
/** As a policy may name them: from the nursery of two-year-olds to those who stay beyond the sixth form. */
const allYears = Array.from({ length: 17 }, (_, i) => i - 2);
/** Not of compulsory school age, and never again: who is too young grows into it while a proof goes on. */
const pastSchoolAge = { yearGroup: 12, born: '2009-05-11' };

/**
 * The pupils who are tried: one of whom nothing is known, and where the pack makes a difference for them one with all flags that it
 * names, one of each of the year groups that it tells apart, and one who is not of compulsory school age.
 */
export function kindsOfPupil(pack: Pack): KindOfPupil[] {
  const asked = conditionsOf(pack).flatMap(({ when, path: [part] }) =>
    conditionsIn(when).flatMap(({ pupil }) => (pupil ? [{ ...pupil, onLadder: part !== 'alongside' }] : [])),
  );
  // A rule beside the ladder that is for pupils without a flag, or for those who have to be at school, is tried for the one of whom
  // nothing is known; for everybody else the case goes as it does before the rule becomes so.
  const flags = new Set<string>([
    ...(pack.softens?.for ?? []),
    ...pack.cohorts.flatMap((cohort) => cohort.for),
    ...asked.flatMap(({ 'is any of': any = [], 'is none of': none = [], onLadder }) => (onLadder ? [...any, ...none] : any)),
  ]);
  const asksAge = asked.some(({ 'compulsory school age': ofAge, onLadder }) => ofAge === false || (ofAge && onLadder));
  const others = yearsApart(asked.flatMap((pupil) => (pupil['year groups'] ? [pupil['year groups']] : [])));
  return [
    usual,
    ...(flags.size > 0 ? [{ ...usual, flags: [...flags] }] : []),
    ...others.map((yearGroup) => ({ ...usual, yearGroup })),
    ...(asksAge ? [{ ...usual, ...pastSchoolAge }] : []),
  ];
}

/** One of each of the year groups that some list has and another has not, the usual one left out. */
function yearsApart(lists: readonly (readonly number[])[]): number[] {
  const inLists = (year: number): string => lists.map((list) => list.includes(year)).join();
  const seen = new Set([inLists(usual.yearGroup)]);
  return allYears.filter((year) => !seen.has(inLists(year)) && seen.add(inLists(year)));
}
