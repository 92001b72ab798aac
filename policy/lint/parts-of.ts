import type { Condition } from '../pack/condition.ts';

/** A condition and those within it that help to make it so: what it says must not be so is none of them. */
export const partsOf = (when: Condition): Condition[] => [
  when,
  ...[...(when.all ?? []), ...(when.any ?? [])].flatMap((one) => partsOf(one)),
];

/** What a condition lacks to be ever so, as `lacks` says it of a single part; nothing if it can be so in one way at least. */
export function lackedBy(when: Condition, lacks: (one: Condition) => string[]): string[] {
  const ways = (when.any ?? []).map((one) => lackedBy(one, lacks));
  return [
    ...lacks(when),
    ...(when.all ?? []).flatMap((one) => lackedBy(one, lacks)),
    ...(ways.every((lacked) => lacked.length > 0) ? ways.flat() : []),
  ];
}
