import type { Day } from '../calendar/day.ts';
import { conditionsIn } from '../pack/condition.ts';
import { conditionsOf } from '../pack/conditions-of.ts';
import type { Pack } from '../pack/pack.ts';

/** What of a pupil does not change while a proof goes on. */
export type KindOfPupil = { flags: readonly string[]; yearGroup: number; born: Day };

const usual: KindOfPupil = { flags: [], yearGroup: 7, born: '2014-05-11' };
/** Not of compulsory school age for as long as a proof needs. */
const young = { yearGroup: -1, born: '2025-05-11' };

/**
 * The pupils who are tried: one of whom nothing is known, and where the pack makes a difference for them one with all flags that it
 * names, one of each of its year groups, and one who is not of compulsory school age.
 */
export function kindsOfPupil(pack: Pack): KindOfPupil[] {
  const asked = conditionsOf(pack).flatMap(({ when, path: [part] }) =>
    conditionsIn(when).flatMap(({ pupil }) => (pupil ? [{ ...pupil, onLadder: part !== 'alongside' }] : [])),
  );
  // A rule beside the ladder that is for pupils without a flag is tried for the one of whom nothing is known.
  const flags = new Set([
    ...(pack.softens?.for ?? []),
    ...pack.cohorts.flatMap((cohort) => cohort.for),
    ...asked.flatMap(({ 'is any of': any = [], 'is none of': none = [], onLadder }) => (onLadder ? [...any, ...none] : any)),
  ]);
  const years = asked.flatMap(({ 'year groups': some = [usual.yearGroup] }) =>
    some.includes(usual.yearGroup) ? [] : some.slice(0, 1),
  );
  return [
    usual,
    ...(flags.size > 0 ? [{ ...usual, flags: [...flags] }] : []),
    ...[...new Set(years)].map((yearGroup) => ({ ...usual, yearGroup })),
    ...(asked.some(({ 'compulsory school age': ofAge }) => ofAge === false) ? [{ ...usual, ...young }] : []),
  ];
}
